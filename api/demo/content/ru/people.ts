import type { DemoPerson } from '../types.ts'

/** Everyone in the Russian demo: clients, experts, then staff. */
export const ruPeople: readonly DemoPerson[] = [
  { externalId: 'anna', name: 'Анна Смирнова', role: 'CLIENT', locale: 'ru' },
  { externalId: 'maxim', name: 'Максим Кузнецов', role: 'CLIENT', locale: 'ru' },
  { externalId: 'elena', name: 'Елена Васильева', role: 'CLIENT', locale: 'ru' },
  { externalId: 'dmitry', name: 'Дмитрий Орлов', role: 'EXPERT', locale: 'ru' },
  { externalId: 'olga', name: 'Ольга Белова', role: 'EXPERT', locale: 'ru' },
  { externalId: 'sergey', name: 'Сергей Никитин', role: 'EXPERT', locale: 'ru' },
  { externalId: 'support', name: 'Мария Климова', role: 'STAFF', locale: 'ru' },
]
