import type { DemoPerson } from '../types.ts'

/** Everyone in the English demo: clients, experts, then staff. */
export const enPeople: readonly DemoPerson[] = [
  { externalId: 'emily', name: 'Emily Carter', role: 'CLIENT', locale: 'en' },
  { externalId: 'james', name: 'James Whitfield', role: 'CLIENT', locale: 'en' },
  { externalId: 'priya', name: 'Priya Nair', role: 'CLIENT', locale: 'en' },
  { externalId: 'daniel', name: 'Daniel Reed', role: 'EXPERT', locale: 'en' },
  { externalId: 'hannah', name: 'Hannah Brooks', role: 'EXPERT', locale: 'en' },
  { externalId: 'thomas', name: 'Thomas Okafor', role: 'EXPERT', locale: 'en' },
  { externalId: 'helpdesk', name: 'Grace Miller', role: 'STAFF', locale: 'en' },
]
