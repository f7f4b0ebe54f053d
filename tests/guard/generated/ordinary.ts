import { between, decimal, framed, many, thousands, two } from './ordinary-values.ts'
import type { Family } from './random.ts'

/** What people on a homework marketplace write that is full of digits and leads to nobody. */
export const ordinaryNumbers: Readonly<Record<string, Family>> = {
  price: (random) =>
    framed(
      random,
      '{Цена|Стоимость|Выйдет|Итого|Бюджет|Предоплата|За всё}{:| —|} #{ руб| рублей|р| ₽|}{.|, остальное после сдачи|, устроит?}',
      random.of([
        () => thousands(random, ' '),
        () => String(between(random, 300, 90_000)),
        () => `${between(random, 1, 20)}-${between(random, 21, 40)} тыс.`,
        () => `${random.digits(4)} + ${random.digits(3)} = ${random.digits(4)}`,
      ])(),
    ),
  dates: (random) =>
    framed(
      random,
      '{Сдача|Защита|Дедлайн|Экзамен|Пришлю|Нужно к|Срок до}{:|} #{|, в 10:00|, успеете?|, до 23:59}',
      random.of([
        () => `${two(between(random, 1, 28))}.${two(between(random, 1, 12))}.20${two(between(random, 10, 30))}`,
        () => `${between(random, 1, 28)}.${two(between(random, 1, 12))}`,
        () =>
          `${two(between(random, 1, 28))}.${two(between(random, 1, 12))} - ${two(between(random, 1, 28))}.${two(between(random, 1, 12))}.2026`,
        () => `${between(random, 1, 28)} ${random.of(['мая', 'июня', 'марта', 'декабря'])} 2026`,
        () => `2026-${two(between(random, 1, 12))}-${two(between(random, 1, 28))}`,
      ])(),
    ),
  times: (random) =>
    framed(
      random,
      '{Пары|Занятия|Свободен|Консультация|Могу} {в|с|завтра в} #{|, звоню препод|, подойдёт?}',
      many(
        random,
        1,
        4,
        () => `${between(random, 8, 22)}${random.of([':', '.', '-'])}${random.of(['00', '15', '30', '45'])}`,
        random.of([', ', '-', ' и ', ' до ']),
      ),
    ),
  pages: (random) =>
    framed(
      random,
      '{стр.|страницы|с.|на страницах|pp.|задания на стр.|параграфы}{ }#{|, остальное не надо| учебника Атанасяна}',
      many(random, 1, 5, () => `${between(random, 3, 300)}${random.of(['', `-${between(random, 301, 420)}`])}`, ', '),
    ),
  order: (random) =>
    framed(
      random,
      '{Заказ|Номер заказа|По заказу|order|Обращение|Тикет|Вариант|Зачётка|Договор}{ №|} #{|, посмотрите| ещё в работе|, спасибо}',
      random.of([
        () => random.digits(between(random, 4, 8)),
        () => `${random.digits(4)}-${random.digits(4)}`,
        () => `${random.digits(2)}-${random.digits(4)}/${random.digits(2)}`,
      ])(),
    ),
  standards: (random) =>
    framed(
      random,
      '{Оформление по|Смотрите|Ссылка на|Согласно|по}{ }#{|, раздел 4|, как в методичке}',
      random.of([
        () =>
          `ГОСТ ${random.of(['Р ', ''])}${between(random, 2, 59)}.${between(random, 1, 199)}-${between(random, 1960, 2021)}`,
        () => `ГОСТ ${random.digits(4)}-${between(random, 60, 99)}`,
        () =>
          `№ ${between(random, 10, 500)}-ФЗ от ${two(between(random, 1, 28))}.${two(between(random, 1, 12))}.${between(random, 1995, 2024)}`,
        () => `ст. ${between(random, 1, 400)} ГК РФ, п. ${between(random, 1, 9)}`,
        () => `УДК ${random.digits(3)}.${random.digits(3)}.${random.digits(1)}`,
        () => `ISO ${random.digits(4)}:${between(random, 2000, 2022)}`,
        () => `ISBN 978-5-${random.digits(3)}-${random.digits(5)}-${random.digits(1)}`,
        () => `СП ${random.digits(2)}.13330.20${random.digits(2)}`,
      ])(),
    ),
  sample: (random) =>
    framed(
      random,
      '{Выборка|Дан ряд|Данные|Массив|Числа|Ряд распределения|x|Найдите среднее}{:| =|} #',
      many(
        random,
        5,
        25,
        () => random.of([between(random, 1, 9), between(random, 10, 99), between(random, 100, 999)]),
        random.of([', ', ' ', '; ', ',']),
      ),
    ),
  oneWidth: (random) => {
    const width = between(random, 1, 4)
    return framed(
      random,
      '{Выборка|Данные|Числа|ряд|Измерения|Результаты}{:| —} #',
      many(random, 6, 24, () => random.digits(width), random.of([', ', ' ', '; '])),
    )
  },
  decimals: (random) =>
    framed(
      random,
      '{Измерения|Данные опыта|y|Значения|получил}{:| =|} #',
      many(random, 3, 14, () => decimal(random), random.of(['; ', ' ', '  ', ' | '])),
    ),
  matrix: (random) =>
    framed(
      random,
      '{Матрица|Определитель|A =|Найти ранг|дана матрица}{:|}\n#',
      many(random, 2, 4, () => many(random, 3, 4, () => between(random, -9, 12), ' '), '\n'),
    ),
  brackets: (random) =>
    framed(
      random,
      '{A =|Вычислить|Решите|B =} #',
      `[${many(random, 2, 3, () => `[${many(random, 3, 3, () => between(random, 0, 99), ', ')}]`, ', ')}]`,
    ),
}
