import { inRussian } from './number-words.ts'
import { between, decimal, framed, many, thousands } from './ordinary-values.ts'
import type { Family } from './random.ts'

/** What else homework is made of. */
export const ordinaryHomework: Readonly<Record<string, Family>> = {
  formula: (random) =>
    framed(
      random,
      '{Решаю|Получается|Проверьте|Ответ|тогда}{:|} #',
      random.of([
        () => `x = ${random.digits(3)} + ${random.digits(2)} - ${random.digits(4)} / ${random.digits(2)}`,
        () => `${random.digits(1)}x^2 - ${random.digits(2)}x + ${random.digits(2)} = 0`,
        () => `${random.digits(3)} * ${random.digits(3)} = ${random.digits(5)}`,
        () => `F = ${decimal(random)} * ${decimal(random)} = ${decimal(random)} Н`,
        () => `D = ${random.digits(2)}² - 4·${random.digits(1)}·${random.digits(2)} = ${random.digits(4)}`,
        () => `(${random.digits(2)} - ${random.digits(2)})/(${random.digits(2)} + ${random.digits(2)})`,
      ])(),
    ),
  coordinates: (random) =>
    framed(
      random,
      '{Точка A|Вершины|Координаты|Даны точки|M}{:|} #',
      many(
        random,
        1,
        4,
        () =>
          `(${between(random, -20, 20)}; ${between(random, -20, 20)}${random.of(['', `; ${between(random, -9, 9)}`])})`,
        ', ',
      ),
    ),
  versions: (random) =>
    framed(
      random,
      '{Ставьте|Версия|Python|Node|Обновил до|работает на|pandas} #',
      many(random, 1, 2, () => `${between(random, 0, 24)}.${between(random, 0, 40)}.${between(random, 0, 30)}`, ', '),
    ),
  answers: (random) =>
    framed(
      random,
      '{Ответы|Тест|Мои ответы|Ключи|вариант 2}{:|} #',
      random.of([
        () => many(random, 5, 20, () => `${between(random, 1, 40)}${random.of(['а', 'б', 'в', 'г'])}`, ' '),
        () =>
          Array.from({ length: between(random, 4, 15) }, (_, i) => `${i + 1}) ${between(random, 1, 9)}`).join(
            random.of([' ', '\n', ', ']),
          ),
        () =>
          Array.from({ length: between(random, 4, 15) }, (_, i) => `${i + 1}-${between(random, 1, 5)}`).join(
            random.of([', ', ' ', '; ']),
          ),
        () =>
          Array.from({ length: between(random, 4, 12) }, (_, i) => `${i + 1}. ${between(random, 1, 300)}`).join('\n'),
      ])(),
    ),
  marks: (random) =>
    framed(
      random,
      '{Оценки|Баллы|У меня|По четвертям|Баллы за темы}{:|} #{|, средний 4,2|, хватит на допуск?}',
      many(random, 4, 14, () => between(random, 2, 5), random.of([' ', ', ', '']).slice(0, 2) || ', '),
    ),
  sizes: (random) =>
    framed(
      random,
      '{Размер|Деталь|Плита|Помещение|Балка|чертёж} #{| мм| см|, масштаб 1:100}',
      many(random, 2, 3, () => random.digits(between(random, 2, 4)), random.of(['x', ' х ', '×', '*'])),
    ),
  years: (random) =>
    framed(
      random,
      '{Годы|Периоды|Даты правления|Таблица за|по годам}{:|} #',
      many(random, 3, 9, () => between(random, 1812, 2025), random.of([', ', ' ', '–', '; '])),
    ),
  table: (random) =>
    `${random.of(['Год Выручка', 'x y', 'n f', 'Месяц План Факт'])}\n${many(random, 3, 7, () => many(random, 2, 4, () => random.digits(between(random, 1, 5)), random.of([' ', '\t', ' | '])), '\n')}`,
  thousands: (random) =>
    framed(
      random,
      '{Выручка|ВВП|Население|Активы|Прибыль|по балансу}{:| составила|} #{| руб.| чел.| тыс.}',
      many(random, 2, 6, () => thousands(random, ' '), random.of(['; ', ', ', ' и ', ' - '])),
    ),
  accounting: (random) =>
    framed(
      random,
      '{Проводка|Проводки|Бухучёт}{:|} #',
      many(
        random,
        1,
        4,
        () =>
          `Дт ${between(random, 1, 99)} Кт ${between(random, 1, 99)} ${random.of([thousands(random, ' '), random.digits(5)])}`,
        random.of(['; ', '\n', ', ']),
      ),
    ),
  article: (random) =>
    framed(
      random,
      '{Артикул|Код|Каталожный номер|код ОКВЭД|шифр|КБК|Серийный номер}{:|} #',
      random.of([
        () => `${random.digits(2)}.${random.digits(2)}.${random.digits(1)}`,
        () => `${random.digits(4)}-${random.digits(2)}-${random.digits(3)}`,
        () => `${random.digits(6)}`,
        () => `AB-${random.digits(4)}/${random.digits(2)}`,
      ])(),
    ),
  binary: (random) =>
    framed(
      random,
      '{Переведите|Число|в двоичной|ответ|Байт} #',
      many(
        random,
        1,
        3,
        () => Array.from({ length: between(random, 4, 8) }, () => random.below(2)).join(''),
        random.of([' ', ' + ', ' и ']),
      ),
    ),
  network: (random) =>
    framed(
      random,
      '{Узел|Шлюз|Сеть|Адрес подсети|Маска|ping} #{|, дальше не пингуется| по заданию}',
      random.of([
        () => `192.168.${between(random, 0, 9)}.${between(random, 1, 254)}/2${between(random, 4, 9)}`,
        () => `10.${between(random, 0, 254)}.${between(random, 0, 254)}.${between(random, 1, 254)}`,
        () => `172.16.${between(random, 0, 9)}.0`,
        () => '255.255.255.192',
      ])(),
    ),
  chess: (random) =>
    framed(
      random,
      '{Счёт|Матч закончился|Партия|Итог} #',
      many(random, 1, 5, () => `${between(random, 0, 25)}:${between(random, 0, 25)}`, ', '),
    ),
  words: (random) =>
    framed(
      random,
      '{Нужно|Осталось|Сделал|В работе|Прочитал} # {страниц|задач|источников|дней|пунктов}',
      inRussian(String(between(random, 1, 9))),
    ),
  chemistry: (random) =>
    framed(
      random,
      '{Реакция|Уравнение|Масса|Соль}{:|} #',
      random.of([
        '2H2 + O2 = 2H2O',
        'C6H12O6',
        'Fe2(SO4)3',
        '1s2 2s2 2p6 3s2 3p64s1',
        `M = ${decimal(random)} г/моль`,
        `${random.digits(2)},${random.digits(1)} г/моль, ${random.digits(3)} мл`,
      ]),
    ),
  sequence: (random) => {
    const [start, step] = [between(random, 1, 30), between(random, 1, 12)]
    return framed(
      random,
      '{Прогрессия|Последовательность|Дальше идёт|продолжите ряд}{:|} #',
      Array.from({ length: between(random, 5, 12) }, (_, i) => start + step * i).join(random.of([', ', ' ', '; '])),
    )
  },
  bareRow: (random) => many(random, 4, 16, () => random.digits(between(random, 1, 3)), random.of([', ', '; '])),
  call: (random) =>
    framed(
      random,
      '{Звонок на пару|Смартфон|Телефон|Опрос|Мобильный банк|Номер телефона} {в задаче|в таблице|по статистике|стоит|у #|за} # {руб.|чел.|%|лет|минут|тыс.}',
      `${random.of([thousands(random, ' '), decimal(random), random.digits(4)])}`,
    ),
  counter: (random) =>
    `${random.of(['m', 'test', 'msg', 'сообщение', 'вопрос', 'задача', 'line', 'message', 'п'])} ${random.of(['one ', 'two ', 'три ', '', ''])}${random.below(40)}`,
}
