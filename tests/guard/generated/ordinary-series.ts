import { between } from './ordinary-values.ts'
import type { Random } from './random.ts'

/** Short messages of one author that count or answer: they never add up to a number. */
export const ordinarySeries: Readonly<Record<string, (random: Random) => string[]>> = {
  counted: (random) => {
    const [word, start] = [
      random.of([
        'm',
        'm one',
        'm two',
        'test',
        'test one',
        'msg',
        'сообщение',
        'n',
        'hello',
        'line',
        'burst',
        'задача',
        'message number',
        'тест',
        'telegram test',
        'номер',
        'call',
      ]),
      random.of([0, 1, 7, 8, 89, 890, 100]),
    ]
    return Array.from({ length: between(random, 2, 9) }, (_, i) => `${word} ${start + i}`)
  },
  bareCounted: (random) => {
    const start = random.of([0, 1, 5, 8, 9, 10, 78, 89, 99])
    return Array.from({ length: between(random, 2, 13) }, (_, i) => `${start + i}`)
  },
  answered: (random) =>
    Array.from(
      { length: between(random, 2, 9) },
      (_, i) => `${i + 1}${random.of([')', '.', ' -', ':'])} ${random.digits(between(random, 1, 3))}`,
    ),
  chats: (random) => {
    const all = ['one', 'two', 'three', 'four'].flatMap((name) =>
      Array.from({ length: between(random, 1, 4) }, (_, i) => `m ${name} ${i}`),
    )
    return all.slice(0, between(random, 2, all.length))
  },
  talk: (random) => [
    random.of(['Цена 3500', 'тогда 8', 'по 916 руб', 'стр. 8-9', 'в 8']),
    random.of(['и ещё 120 за срочность', '16 задач', 'к 23 мая', 'вариант 45', '15 страниц']),
    random.of(['итого 4500', 'задачи 12, 16, 18', 'до 19:00', 'ответ 67', '45']),
  ],
}
