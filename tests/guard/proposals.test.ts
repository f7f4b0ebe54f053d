import { describe, expect, it } from 'vitest'
import { findContacts } from '../../api/guard/guard.ts'

const rulesOf = (text: string): string[] => findContacts(text, { recentTexts: [] }).map(({ rule }) => rule)

describe('a set phrase', () => {
  it.each([
    ['invitation.off-platform', 'давайте работать без сайта', 'без сайта работать страшно'],
    ['invitation.off-platform', 'оплачу вам в обход сайта', 'один автор предлагал в обход сайта, я отказалась'],
    ['invitation.call', 'text me tonight', 'чем отличается text me от message me?'],
    ['invitation.messenger', 'напишите мне в вотсап', 'напишите в вотсап — какое тут наклонение?'],
    ['invitation.number', 'мой номер в профиле', 'поменяла номер в профиле на сайте'],
    ['card.transfer', 'можно через сбп вам оплатить?', 'можно через сбп на сайте оплатить?'],
  ])('is believed unless its sentence says the contrary: %s', (rule, meant, mentioned) => {
    expect(rulesOf(meant)).toContain(rule)
    expect(rulesOf(mentioned)).toEqual([])
  })
})

describe('a contact that is handed over in a few words', () => {
  it.each([
    ['invitation.number', 'телефон оставьте, пожалуйста'],
    ['invitation.number', 'вот мой сотовый'],
    ['invitation.email', 'почту свою скажите'],
    ['invitation.messenger', 'тогда в телегу'],
  ])('is seen in any order: %s', (rule, text) => expect(rulesOf(text)).toEqual([rule]))

  it.each(['номер задачи скажите', 'телефон сел, скажите вечером', 'почту закончила, дайте следующую тему'])(
    'is none where more is said: %s',
    (text) => expect(rulesOf(text)).toEqual([]),
  )
})

describe('a contact with drawn or spoken signs', () => {
  it.each([
    ['email.spoken', 'anna77 🐶 bk 🔵 ru'],
    ['link.spoken', 'bit ly 3kXw9a'],
    ['link.spoken', 't╱me╱annamath'],
    ['link.domain', 'без звёздочек: d*o*c*s.g*o*o*g*l*e.c*o*m'],
    ['handle.spelled', 'дискорд — Boroda решётка 4417'],
    ['card.account', 'webmoney Z 2847 1093 5562'],
    ['card.number', '2200\n7001\n5938\n4416\nполучатель Анна К.'],
  ])('is found: %s', (rule, text) => expect(rulesOf(text)).toEqual([rule]))

  it.each(['a*b*c*d*e*f = 720', 'у меня 🐶, отвлекает', 'хеш коммита 4417', '🔴 срочно'])('passes: %s', (text) => {
    expect(rulesOf(text)).toEqual([])
  })
})

describe('a deal past the marketplace', () => {
  it.each([
    'через сайт 5200, на карту 4100',
    'сделаю дешевле но не тут',
    'договоримся не здесь',
    'мимо кассы возьмёте?',
    'скиньте куда вам написать',
    "let's cut out the middleman",
    "I'll pay the rest off the books",
  ])('is told by where the money goes or where it isn’t said: %s', (text) => {
    expect(rulesOf(text)).toContain('invitation.off-platform')
  })

  it.each([
    'здесь 2000 знаков, на карту метро есть ссылка',
    'давай не здесь, а в следующей главе про это',
    'подскажите, куда вам прикрепить файл',
    'workers were paid off the books in the 1990s',
  ])('is none in: %s', (text) => expect(rulesOf(text)).toEqual([]))
})

describe('the name of a bot', () => {
  it.each(['бот: reshebnik_bot', 'бот в телеге называется chertezhi_za_noch_bot', 'my bot is called essay_queue_bot'])(
    'is found: %s',
    (text) => expect(rulesOf(text)).toContain('handle.messenger'),
  )

  it.each(['файл бота: my_bot.py', 'класс бота называется echo_bot', 'переменная bot: echo_bot'])(
    'passes in a program: %s',
    (text) => expect(rulesOf(text)).toEqual([]),
  )
})
