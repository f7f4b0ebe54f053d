import { describe, expect, it } from 'vitest'
import { findContacts, isRefused } from '../../api/guard/guard.ts'

/** One way of writing around the rules: messages that do so, and ordinary ones that look alike. Earlier messages stand before " || ". */
interface Trick {
  refused: readonly string[]
  allowed: readonly string[]
}

const tricks: Record<string, Trick> = {
  'a number told digit by digit, in turn or with the places of its digits': {
    refused: [
      '4 1 5 . 8 6 7 . 2 2 4 0',
      'это не код: 8-9-6-5-4-4-1-0-9-2-8',
      '[718] [944] [0163]',
      'six-one-seven, then 220, then 1984',
      'первая цифра 8, вторая 9, третья 1, четвёртая 6, пятая 3, шестая 7, седьмая 0, восьмая 2, девятая 5, десятая 5, одиннадцатая 4',
      'мой телефон справа налево: 26 40 118 3198',
      'записывай: 8 9 два ноля 415 два раза по 33',
    ],
    allowed: [
      'ключ к тесту: 2-4-1-3-3-2-4-1-2-3',
      'разделы 3.1.0.5 и 5.5.0',
      'первая цифра 8, вторая 9, найдите третью',
      'x1=8, x2=9, x3=2, посчитайте среднее',
      '[512] [203] [0417] размеры массивов в байтах: 512, 203, 417',
      'six out of seven, then 220 words, then the year 1984',
    ],
  },
  'bytes for letters': {
    refused: [
      'base64 -d <<< "Kzc5MjY1NTUxMzg0"',
      'Мой контакт в hex: 38 39 32 36 35 35 35 31 33 38 34',
      'https%3A%2F%2Ft.me%2Fdev_kirill_spb',
      '&#56;&#57;&#50;&#54;&#53;&#53;&#53;&#49;&#51;&#56;&#52;',
    ],
    allowed: [
      'base64: SGVsbG8gd29ybGQh, что тут написано?',
      'дамп: 48 65 6c 6c 6f 20 77 6f 72 6c 64',
      'кодируйте пробел как %20, а %2F как слэш',
      '01001000 01101001 01001000 01101001 01001000 переведите в десятичную',
    ],
  },
  'a messenger that is described': {
    refused: [
      'жду вас в фиолетовом с трубочкой, добавьте меня',
      'перейдём в сеть Дурова?',
      'the ghost app, add me there',
    ],
    allowed: [
      'бумажный самолёт пролетел 12 м, найти скорость',
      'в запрещённых сетях частот указать диапазон',
      'the green app icon in the mockup must be bigger',
    ],
  },
  'Russian in Latin letters': {
    refused: [
      'mozhno napryamuyu oplatit bez sayta? tak deshevle budet',
      'davayte v drugom messendzhere, tut ne udobno',
    ],
    allowed: ['mozhno do pyatnitsy sdelat? metodichka est', 'ne ponyala vtoroy punkt, obyasnite tut pozhaluysta'],
  },
  'names in the forms of networks': {
    refused: [
      'скайп live:.cid.4fa8812bc09',
      'add FrostedPython#0192',
      'контакт для связи: u/probnik_ege',
      'twitter handle is at-sign devon_codes',
      'lera (тире внизу) lingvist, найдёшь',
      'steam friend code 84120377',
    ],
    allowed: [
      'Color#1234 это неверный формат, нужно шесть знаков',
      'live: 5 дней в неделю, эссе про режим',
      'класс echo_bot наследует базовый',
      'в таблице номер страницы 56411082',
    ],
  },
  'a number that poses as prices and pages': {
    refused: [
      'Скидка 8916, НДС 204, итог 55 и ещё 38. Думаю, вы поняли, куда звонить',
      'Кабинет 8 903, этаж 115, дом 20-44. Наберите, если заблудитесь',
      'Скидка 8926 || листов 114 || страниц 50 и 22. Наберите подряд',
    ],
    allowed: [
      'Цена 8916 рублей, срок 7 дней, 30 страниц, 2 рисунка. Вы поняли задание?',
      'Объём 8 страниц, 917 слов, ну вы поняли',
      'в тесте 25 вопросов, наберите 80 баллов из 100, попытка 1',
      'Позвонили из деканата: 8 семестр, 9 пар, 12 апреля зачёт, 2024 год, 115 аудитория',
      'Сложите вместе 89, 16, 20, 43, 31, 7',
      'это не сумма, а среднее: 7 9 8 4 5 6 7 8 9 5 4',
      'Цена 8900 || срок 3 дня || 12 и 15 страниц',
    ],
  },
  'parts of a number, told by their places': {
    refused: [
      'первые цифры 8950, потом последние 4417, а в середине 603',
      'начало карты 5469, второй кусок 3800, третий 1122, конец 7788',
    ],
    allowed: [
      'Первая задача: 8916 Дж, вторая 203 Дж, последняя 5 и 7 минут',
      'Начало 1941, конец 1945, между ними 1943',
      'Начало в 8:30, конец в 16:12, между ними 3 перерыва',
      'Первые 4 задачи до 12.05, вторые 4 до 19.05, последние 2 до 26.05.2024',
      'первый ряд 4 8 15 16, второй 23 42, третий 7',
    ],
  },
  'letters to be left out': {
    refused: ['7а9б1в6г2д0е4ж1з7и3к3 буквы просто так', '8ы9й1ц6у2к0е4н1г7ш3щ3'],
    allowed: [
      'букв в слове 7, буквы е 2, буквы а 3',
      'зашифруйте: а1 б2 в3 г4 д5 е6 ж7 з8 и9 к10',
      'хеш 89a51b4c72d0e9f36',
    ],
  },
  'a blank to be filled in': {
    refused: ['набирай: 79ХХ 415 22 60, где ХХ это 05', '8 9** 204 17 33, звёздочки замени на 61'],
    allowed: ['Замените X в числе 8X4 на 5', 'пароль 89х1, вместо х цифра 3', 'формат номера 8 9XX XXX XX XX'],
  },
  'Roman numerals': {
    refused: ['VIII IX III, V V I, IV II, VII O I'],
    allowed: ['Числа XIX, XX, V, VI, VII, VIII, IX веков', 'главы I, II, III, IV, V, VI, VII, VIII, IX, X'],
  },
  'words of another language between the digits': {
    refused: ['380 six seven 412 93 05', '8-4-9-9 two31-сорок-12'],
    allowed: ['в примере 5 one 38 zero, 67 строк', 'таблица: 8 (восемь строк) 9 (девять столбцов) 12'],
  },
  'remarks between the digits': {
    refused: ['89О3 (тут буква о) 55б (шесть) 12 4З'],
    allowed: ['(см. рис. 3) 7 9 11 13 15 17 19 21 23'],
  },
  'an address back to front': {
    refused: ['moc.liamg@nhoj', 'ur.xednay/arual читать с конца'],
    allowed: ['слово level читается наоборот', 'reverse the string "liam"'],
  },
  'a mailbox and its provider apart': {
    refused: [
      'моя почта ольга.к на рамблере',
      'почта:\nsveta.him\nгмейл.ком',
      'мыло kirill_omsk, яндексовский хвостик',
      'пиши на укрнет, vova.stroymeh',
      'dasha-english на гмх.де',
      'on g-mail, peter.howe',
      'латиницей zhenya, дальше kurs, слитно, ящик на рамблере',
      'tim_west commercial at yahoo',
    ],
    allowed: [
      'Почта на яндексе не открывается, проверю позже',
      'Файл diplom_v2 пришёл на почту, открыл через Яндекс',
      'Отправьте на проверку через яндекс антиплагиат, версия kursovaya_3',
      'посмотрите в google scholar статью ivanov_2019',
      'нашёл в яндексе решение var_12, но оно неверное',
      'на гугл диске лимит 15 гб, файл task_3 не влезает',
      'Знак на двойке в матрице не тот',
    ],
  },
  'a host without its dot, or with its ending said': {
    refused: [
      'clck ru / 3Xab9',
      'таплинк точка сс слэш olya',
      'мой сайт kursach24 точка ио',
      'бусти точка то палка kate_math',
      'hxxps diplomka ru',
      'домен studdom, зона рф',
      'эйч ти ти пи двоеточие слэш слэш diplomka точка ком',
    ],
    allowed: [
      'Python точка про которую я говорил',
      'точка A, точка B, точка про экстремум',
      'зона как у России по климату, страница 12',
      'протокол http двоеточие и два слэша, зачем?',
      'bit ly 5 это что',
      'палка длиной 5 м, точка опоры в 2 м',
      'варианты ответов a,c,d,b,a',
    ],
  },
  'a page to be searched for': {
    refused: [
      'забей в поиск "studdom" и допиши .com',
      'вк паблик public 2145 7781',
      'загугли "Школа Пи Тверь", первая ссылка это мы, там телефон',
      'найди на авито моё объявление "чертежи Тула", пиши туда',
    ],
    allowed: [
      'найдите на авито среднюю цену, это задание 3',
      'погугли теорему, первая ссылка из википедии',
      'найди в файле слово "sample" и добавь .txt',
      'id 1234567 из таблицы вк в отчёте',
    ],
  },
  'a payment that names no number': {
    refused: [
      'на какой счёт вам перевести?',
      'What is your card number, I will send the money now',
      'Наведите камеру на QR, это сбп, платёж мне напрямую',
      'закиньте донат на boosty, так дешевле выйдет',
      'принимаешь usdt?',
      'адрес usdt: TQm4Kx потом 8fGh2Lp потом Zs91Qa',
    ],
    allowed: [
      'Оплатил на сайте по QR через СБП, всё прошло',
      'на какую карту вернут деньги?',
      'На какой счет отнести оплату труда?',
      'What is the card number field called in the form?',
      'qr код оплаты на сайте не сканируется, скинул скрин',
      'Какую карту привязать на сайте для оплаты?',
      'QR-код на листе отсканируйте, там условие задачи',
      'дипломная работа про донаты на бусти и патреон',
      'нужен доклад про usdt и trc20',
      'your card details are safe on the site',
      'перевод денег через сбп, опишите как бизнес-процесс',
    ],
  },
  'a number that only its order holds together': {
    refused: [
      '916 ууу 482 ууу 15 ууу 70, с восьмёркой',
      '89\n163\n704\n528\nв столбик',
      'my digits, downwards\n9\n1\n6\n3\n7\n0\n4\n5\n2\n8\nput the 8 in front',
      '91 63 70 45 28, ещё восьмёрка впереди',
      'say it aloud: ate nine won six three seven oh four five too ate',
      'a = 8916, b = 370, c = 4528. Запишите abc подряд',
      'Area code is 312, then 867, then 2240',
    ],
    allowed: [
      '912 умножить 345 умножить 67 умножить 89',
      '89\n163\n704\n528\n911\n307\nсреднее этих чисел?',
      '9 см 16 см 37 см 45 см 28 см',
      'I ate two for lunch and won one too',
      'a = 12, b = 30, c = 45. Запишите ответы подряд',
    ],
  },
  'names and addresses written from their end or downwards': {
    refused: [
      'идём в ребйав, прочтите наоборот',
      'задом наперёд: ur.htamanna, там цены',
      'Телега столбиком:\nd\ni\nm\na\n_\n7\n7',
      'сайт сверху вниз:\nanna\n-\nmath\n.\nru',
      'On Telegram: K as in Kilo, O as in Oscar, L as in Lima, then 77',
      'write to annahelpsATgmailDOTcom',
    ],
    allowed: [
      'напишите слово наоборот: топот',
      'столбиком:\n12\n30\n45',
      'reverse the string margin and print it',
      'A as in apple, B as in ball, C as in cat: the alphabet song',
      'варианты:\na\nb\nc\nd',
    ],
  },
  'people and rooms to be found': {
    refused: [
      'ВК: Полина Чертёжкина (аватарка с котом)',
      'Google Meet room: abc-defg-hij, it is open',
      'сто восемьдесят пять точка двести точка сорок точка семь, в адресную строку',
      'мои контакты белым шрифтом под подписью',
      'Вбейте моё имя в любой соцсети, первый и буду',
    ],
    allowed: [
      'ВК: Анализ Рынка (глава 2)',
      'сноска белым шрифтом на тёмном фоне не видна',
      'на обороте листа моя схема',
      'два точка пять точка один, это номер раздела',
    ],
  },
  'staying here, and what is no talk at all': {
    refused: ['не хочу оставаться тут, давай в телегу'],
    allowed: [
      "I'd rather stay here and not use another messenger",
      'давайте останемся в этом чате, мессенджеров у меня нет',
      'c = 2.998e8, e = 1.602e-19, k = 1.38e-23',
      'the photo you sent is upside down and line four is cut off',
    ],
  },
  'a name after talk of a messenger': {
    refused: [
      'у вас есть, ну как его, с самолётиком? || да, а вы? || petya_fizik, жду',
      'my insta comes in two bits, bit one: draw || second half: with_otto, together',
    ],
    allowed: ['у вас есть макс? || да || x_max, найдём из условия', 'telegram bot падает || handler_start, там ошибка'],
  },
}

const verdict = (message: string): boolean => {
  const texts = message.split(' || ')
  return isRefused(findContacts(texts.at(-1) ?? '', { recentTexts: texts.slice(0, -1) }))
}

describe.each(Object.entries(tricks))('%s', (_, { refused, allowed }) => {
  it.each(refused)('refuses %j', (message) => expect(verdict(message)).toBe(true))
  it.each(allowed)('lets %j pass', (message) => expect(verdict(message)).toBe(false))
})
