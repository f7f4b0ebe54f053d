import type { Random } from './random.ts'

export const firstNames =
  'anna ivan dasha kirill olya sergey lena max nikita vera timur alina gleb katya roman sofia artem polina egor marina john kate emily mike sara'.split(
    ' ',
  )
export const lastNames =
  'petrov smirnova volkov kuznets orlova sokol lebedeva morozov zhukov belova titov fomina gusev panova brown miller wilson taylor green'.split(
    ' ',
  )
export const trades =
  'math repetitor tutor study diplom essay english physics chem kursach zachet helper prof expert solve'.split(' ')
export const russianNames = 'иван анна дима света олег маша петров иванова сидоров кузнецов'.split(' ')

/** A name as people choose them, so varied that none is known beforehand. */
export function nick(random: Random): string {
  const [a, b, c] = [random.of(firstNames), random.of(lastNames), random.of(trades)]
  const year = random.of([
    '',
    '',
    String(80 + random.below(26)).slice(-2),
    random.digits(2),
    random.digits(3),
    random.digits(4),
  ])
  const sign = random.of(['_', '_', '.', ''])
  return random.of([
    `${a}${sign}${b}${year}`,
    `${c}_${a}${year}`,
    `${a}_${c}${year}`,
    `${b}${sign || '_'}${c}`,
    `${a}${random.digits(2)}${c}`,
    `${a.charAt(0)}_${b}${year}`,
    `${c}${random.digits(3)}`,
  ])
}

/** A name of letters alone, that only its neighbours tell from a word. */
export const plainNick = (random: Random): string =>
  random.of([
    () => random.of(firstNames) + random.of(trades),
    () => random.of(lastNames) + random.of(trades),
    () => random.of(firstNames) + random.of(lastNames),
    () => random.of(trades) + random.of(firstNames),
  ])()
