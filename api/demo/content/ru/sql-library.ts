import type { DemoOrder } from '../types.ts'

/** Databases: a library schema and the LEFT JOIN everyone trips over. */
export const sqlLibrary: DemoOrder = {
  externalRef: 'order-10459',
  title: 'Базы данных: схема библиотеки и 8 запросов SQL',
  people: ['maxim', 'dmitry'],
  endedMinAgo: 1120,
  lines: [
    {
      by: 'maxim',
      text: 'Дмитрий, здравствуйте! Лаба по базам данных: БД библиотеки, нарисовать схему и написать 8 запросов. 6 написал, два не выходят',
      afterMin: 14,
    },
    { by: 'dmitry', text: 'Здравствуйте! Схему тоже покажите, часто ошибка в запросе начинается с неё.', afterMin: 30 },
    {
      by: 'maxim',
      text: 'Таблицы: `books(id, title, author, genre)`, `readers(id, name)`, `loans(id, book_id, reader_id, taken_at, returned_at)`',
      afterMin: 5,
    },
    { by: 'dmitry', text: 'У книги может быть два автора?', afterMin: 4 },
    { by: 'maxim', text: '…может', afterMin: 2 },
    { by: 'maxim', text: '«Двенадцать стульев» 🤦', afterMin: 1 },
    {
      by: 'dmitry',
      text: 'Тогда нужна таблица `authors` и связка `book_authors(book_id, author_id)`, составной первичный ключ. И экземпляры: в библиотеке пять копий одной книги, выдают конкретную.',
      afterMin: 2,
    },
    { by: 'maxim', text: 'то есть `copies(id, book_id, inventory_no)`, а loans ссылается на copy_id', afterMin: 6 },
    { by: 'dmitry', text: 'Да. Теперь третья нормальная форма честная.', afterMin: 1 },
    {
      by: 'maxim',
      text: 'Схему переделал. Запрос 7: «все читатели и сколько книг они взяли в 2023-м, включая тех, кто не брал». Вторые не выводятся',
      afterMin: 40,
    },
    { by: 'dmitry', text: 'Покажите.', afterMin: 3 },
    {
      by: 'maxim',
      text: "`SELECT r.name, COUNT(l.id)`\n`FROM readers r LEFT JOIN loans l ON l.reader_id = r.id`\n`WHERE l.taken_at >= '2023-01-01' AND l.taken_at < '2024-01-01'`\n`GROUP BY r.id, r.name;`",
      afterMin: 2,
    },
    {
      by: 'dmitry',
      text: 'Классические грабли. У тех, кто не брал, `l.taken_at` — NULL, а `WHERE` их выкидывает. LEFT JOIN превратился в INNER. Перенесите условие в `ON`.',
      afterMin: 4,
    },
    {
      by: 'maxim',
      text: '`LEFT JOIN loans l ON l.reader_id = r.id AND l.taken_at >= …` — работает, 48 строк вместо 31',
      afterMin: 6,
    },
    {
      by: 'dmitry',
      text: 'И считаете вы правильно: `COUNT(l.id)`, а не `COUNT(*)`. Со звёздочкой у «не бравших» была бы единица.',
      afterMin: 2,
    },
    { by: 'maxim', text: 'это я случайно, если честно 😅', afterMin: 1 },
    { by: 'dmitry', text: 'Теперь — специально :)', afterMin: 1 },
    { by: 'maxim', text: 'Запрос 8: самая популярная книга в каждом жанре', afterMin: 10 },
    { by: 'dmitry', text: 'Тут либо подзапрос с MAX, либо оконная функция. Какая СУБД?', afterMin: 5 },
    { by: 'maxim', text: 'PostgreSQL 15', afterMin: 1 },
    {
      by: 'dmitry',
      text: 'Тогда окно. Идея:\n1) CTE: книга, жанр, число выдач;\n2) `RANK() OVER (PARTITION BY genre ORDER BY cnt DESC)`;\n3) снаружи `WHERE rnk = 1`.\nСоберёте?',
      afterMin: 5,
    },
    { by: 'maxim', text: 'собрал! А почему нельзя сразу `WHERE RANK() … = 1`?', afterMin: 35 },
    {
      by: 'dmitry',
      text: 'Порядок выполнения: WHERE работает раньше окон, ранга ещё не существует. Поэтому и нужна обёртка.',
      afterMin: 4,
    },
    { by: 'maxim', text: 'А RANK или ROW_NUMBER?', afterMin: 3 },
    {
      by: 'dmitry',
      text: 'При ничьей RANK вернёт обе книги, ROW_NUMBER — одну случайную. В задании «самая популярная», ничью честнее показать. Значит, RANK.',
      afterMin: 3,
    },
    { by: 'maxim', text: 'всё, отправил на проверку, преподу понравилась copies. Принимаю, 1 100 руб.', afterMin: 120 },
    { by: 'dmitry', text: 'Спасибо! С такой схемой и экзамен не страшен.', afterMin: 20 },
  ],
}
