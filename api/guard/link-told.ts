import { trustOf } from './domain-endings.ts'
import { hintFor } from './hints.ts'
import { around, has, type Match, type Reading } from './reading.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

const other = Is.code | Is.topic | Is.reported | Is.data

/** What addresses and pages are called where their signs aren't written: "двоеточие два слэша", "зона как у России", "add .io", "club 2207 1435". */
export function findToldLinks(reading: Reading): Match[] {
  const { tokens, hints } = reading
  const matches: Match[] = []
  if (hints & anyTold) {
    for (let i = 0; i < tokens.length && matches.length < 4; i++) {
      const token = tokens[i]
      const found =
        token && (spelledScheme(tokens, i) ?? inZone(tokens, i) ?? appended(tokens, i) ?? searchedFor(tokens, i))
      if (found) matches.push(found)
    }
  }
  return [...matches, ...findNumberedPages(reading)]
}

const anyTold = hintFor(
  /двоеточ|colon|hxxp|htxp|зон[аеу]|домен|гугл|google|найд|ищи|вбе|забе|набе|введи|search|авито|avito|юле|профи|profi/,
)

const linkFrom = (first: Token, last: Token): Match => ({
  kind: 'LINK',
  rule: 'link.spoken',
  from: first.start,
  to: last.end,
})

const schemeLetters = /^(?:https?|хттпс?|аш|эйч|пэ|пи|п|p|эс|с|s)$/

/** "аш-тэ-тэ-пэ двоеточие два слэша курсач точка про", "hxxp studlab": a scheme in letters, and a name after it. */
function spelledScheme(tokens: readonly Token[], i: number): Match | null {
  const token = tokens[i]
  if (!token) return null
  const next = tokens[i + 1]
  if (/^(?:hxxps?|htxps?)$/.test(token.text)) {
    return next?.type === 'word' && /^[a-z]/.test(next.text)
      ? { kind: 'LINK', rule: 'link.scheme', from: token.start, to: next.end }
      : null
  }
  if (!/^(?:двоеточие|colon)$/.test(token.text)) return null
  const slash = tokens.slice(i + 1, i + 4).findIndex(({ text }) => /^(?:сл[еэ]ш[аей]{0,2}|slash(?:es)?)$/.test(text))
  const begun = tokens[i - 1]
  if (slash < 0 || !begun || !schemeLetters.test(begun.text)) return null
  let at = i + 2 + slash
  if (/^(?:сл[еэ]ш|slash)$/.test(tokens[at]?.text ?? '')) at++
  const label = tokens[at]
  const { from, to } = around(tokens, i, 'sentence')
  if (label?.type !== 'word' || at >= to || has(tokens, from, to, Is.code)) return null
  const named =
    /^[a-z]{4}/.test(label.text) ||
    tokens.slice(at + 1, at + 5).some(({ text, classes }) => text === '.' || classes & Is.dot)
  return named ? { kind: 'LINK', rule: 'link.scheme', from: begun.start, to: label.end } : null
}

const country =
  /^(?:как|росси[а-я]+|русск[а-я]+|рф|наш[а-я]*|украин[а-я]+|белорус[а-я]+|беларус[а-я]+|казах[а-я]+|обычн[а-я]+|точка|ру|ru|ком|com|ио|io|про|pro)$/

/** "домен reshaka24, зона как у России". */
function inZone(tokens: readonly Token[], i: number): Match | null {
  const token = tokens[i]
  if (!token || !/^зон[аеуы]$/.test(token.text)) return null
  if (!tokens.slice(i + 1, i + 3).some(({ text }) => country.test(text))) return null
  const from = Math.max(0, i - 8)
  const named = tokens.slice(from, i).find(({ text }) => /^[a-z]{4,}$/.test(text))
  const site = has(tokens, from, i, Is.site) || /^домен/.test(tokens[i + 1]?.text ?? '')
  return named && site && !has(tokens, from, i, other & ~Is.topic) ? linkFrom(named, token) : null
}

const search =
  /^(?:google|(?:по|за)?гугл(?:и|ите|ить)|найд(?:и|ите|ешь|ете)|ищи(?:те)?|поищи(?:те)?|вбе(?:й|йте)|вбить|забе(?:й|йте)|набе(?:й|йте)|набери(?:те)?|введи(?:те)?|search|type)$/
const append =
  /^(?:add|append|plus|добав[а-я]+|допиш[а-я]+|припиш[а-я]+|пристав[а-я]+|постав[а-я]+|подстав[а-я]+|плюс)$/

/** "google «statsbuddy» and add .io": a name to look for, and the ending of its address apart. */
function appended(tokens: readonly Token[], i: number): Match | null {
  const [token, ending] = [tokens[i], tokens[i + 1]]
  const dotted = token?.text === '.' && token.spaceBefore && ending && !ending.spaceBefore
  if (!dotted || trustOf(ending.text) !== 'plain') return null
  const from = Math.max(0, i - 14)
  const before = tokens.slice(from, i)
  if (!before.slice(-4).some(({ text }) => append.test(text)) || !before.some(({ text }) => search.test(text)))
    return null
  const name = before.find(({ text }) => /^[a-z]{4,}$/.test(text) && !search.test(text))
  return name && !has(tokens, from, i, Is.code) ? linkFrom(name, ending) : null
}

const boards =
  /^(?:авито|avito|юл[аеу]|профи|profi|2gis|2гис|услуг[а-я]+|дзен[еа]?|dzen|рутуб[еа]?|rutube|фрилансе?|kwork|кворк[еа]?|youdo|юду|репетитору|хабре?)$/
const offer =
  /^(?:имя|фамили[а-я]+|объявлени[а-я]+|анкет[ауеы]|профиль|страниц[ауе]|канал[а-я]?|группа|резюме|название|кабинет)$/

/** "погугли «Мастерская дипломов», первый сайт это мы", "найдите на авито моё объявление": somewhere else, to be searched for. */
function searchedFor(tokens: readonly Token[], i: number): Match | null {
  const token = tokens[i]
  if (!token || !search.test(token.text)) return null
  const [from, to] = [Math.max(0, i - 6), Math.min(tokens.length, i + 20)]
  if (has(tokens, from, to, other & ~Is.topic)) return null
  const words = tokens.slice(from, to)
  if (words.some(({ text, classes }) => classes & Is.negation && text !== 'ни')) return null
  const us = words.some(
    ({ text }, at) =>
      /^(?:это|и|буд[уе]м?)$/.test(text) && /^(?:мы|я|мой|наш|моя|наша)$/.test(words[at + 1]?.text ?? ''),
  )
  const mineFirst = words.some(
    ({ text }, at) =>
      /^(?:is|это|and)$/.test(text) && /^(?:my|me|mine|us|our|моя|мой|наш|наша)$/.test(words[at + 1]?.text ?? ''),
  )
  const page = words.some(({ text }) =>
    /^(?:сайт|ссылка|результат|страница|страничка|выдаче|first|hit|link|result|site)$/.test(text),
  )
  // "вбейте моё имя в любой соцсети".
  const anywhere = words.some(({ text }) => /^(?:соцсет[а-я]+|сетях)$/.test(text))
  const board = anywhere || words.some(({ text }) => boards.test(text))
  const mine =
    words.some(({ text }) => /^(?:мое|мой|мою|моя|наше|нашу|наш|мне|нас|меня|my)$/.test(text)) &&
    (words.some(({ text }) => offer.test(text)) || words.some(({ text }) => /^(?:там|туда|оттуда)$/.test(text)))
  const last = words.at(-1)
  return (((us || mineFirst) && page) || (board && mine)) && last ? linkFrom(token, last) : null
}

const page =
  /(?<![\p{L}\d])(?:club|public|event|id|клуб|паблик|айди|групп[аеуы]|профил[ья]|страниц[аеу])[ :№]{0,3}(\d[\d -]{5,12}\d)(?![\p{L}\d])/gu
const network = /^(?:вк|vk|вконтакте|вконтакт|контакте|вкашк[аеу]|vkontakte|одноклассник[а-я]*|ok|ок)$/

/** "ВКонтакте группа club 2207 1435": the number of a page at a network. */
function findNumberedPages({ tokens, classes, folded: { text } }: Reading): Match[] {
  if (!(classes & (Is.messenger | Is.maybeMessenger)) || !tokens.some((token) => network.test(token.text))) return []
  if (classes & (Is.code | Is.data)) return []
  return [...text.matchAll(page)]
    .filter(([, digits = '']) => digits.replace(/\D/g, '').length >= 7)
    .slice(0, 3)
    .map(({ 0: run, index }) => ({ kind: 'LINK', rule: 'link.spoken', from: index, to: index + run.length }))
}
