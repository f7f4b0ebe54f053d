import { hintFor } from './hints.ts'
import { readings } from './number-words.ts'
import { around, has, type Match, maxMatches, negated, type Reading } from './reading.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

/** What leads to a person, as a thing that can be put somewhere. */
const contact = new Set(
  readings(
    'номер(|ок|очек|а|ом) телефон(|чик|ом|ы) тел контакт(|ы|ик|ами|ов) координаты ник(|ом|и) почт(а|у|ы) мыло айди визитк(а|у|и) кюар куар qr number(|s) phone contact(|s) email nick username handle',
  ),
)

const isContact = hintFor(contact)

/** Places that everybody has for themselves: what stands there is meant for all who look. */
const ownPlace =
  /^(?:аватарк[аеуи]|аватар[еауы]?|аве|аву|авы|профил[еяю]|шапк[еуи]|свойствах|метаданных|био|статус[еа]|bio|profile|avatar|userpic)$/
/** Places that work is in too. */
const anyPlace =
  /^(?:картинк[еуи]|картинкой|фотк[еуи]|фоткой|фото|фотографи[еию]|скрин(?:е|а|ом|у)?|скриншот(?:е|ом|а)?|вложени[ияе]|файл(?:е|а|ом)?|файлик(?:е|а)?|документ(?:е|а|у)?|титульник(?:е|а)?|титульном|титуле|слайд(?:е|а)?|слайдах|презентации|презе|пдф|пдфке|ворде|странице|picture|photo|image|screenshot|attachment|file|doc|document|pdf)$/
const into = /^(?:в|во|на|с|из|под|внутри|через|in|on|inside|from|see|check|at)$/
const between =
  /^(?:есть|лежит|указан[аоы]?|внутри|там|смотри|смотрите|глянь|гляньте|найдешь|найдете|будет|спрятан[аоы]?|спрятал[аи]?|написан[аоы]?|код|документа|написал[аи]?|оставил[аи]?|указал[аи]?|вписал[аи]?|продублировал[аи]?|прикрепил[аи]?|вставил[аи]?|добавил[аи]?|скину|пришлю|отправлю|дам|кину|вышлю|скинул[аи]?|тел|телефона|для|связи|моем|моей|мой|мою|мои|моего|самом|конце|последн(?:ей|ем)|первой|титульной|сохрани|возьми|возьмите|шапке|описании|колонтитуле|примечании|комментарии|профиля|прикрепленн[а-я]+|приложенн[а-я]+|приложено|my|the|is|are|as|a|an|attached|last|page|of|first|check|look|see|i|ill|put|left)$/
const given =
  /^(?:возьми|возьмите|смотри|смотрите|глянь|гляньте|найдешь|найдете|оставил[аи]?|спрятал[аи]?|написал[аи]?|вписал[аи]?|указал[аи]?|продублировал[аи]?|вставил[аи]?|скину|пришлю|отправлю|напишу|оставлю|кину|вышлю|скинул[аи]?|put|left|hid|check|see|ill)$/

/** "номер на аватарке", "в профиле мой ник", "контакты оставил в документе": a contact that is put where the guard can't read. */
export function findHiddenContacts({ tokens, hints, classes, folded }: Reading): Match[] {
  const matches: Match[] = []
  if (!(hints & isContact) && !(classes & Is.messenger)) return matches
  for (let i = 0; i < tokens.length && matches.length < maxMatches; i++) {
    const token = tokens[i]
    if (token?.type !== 'word' || !(contact.has(token.text) || token.classes & Is.messenger)) continue
    const { from, to } = around(tokens, i, 'sentence')
    // "посмотрите отчёт, там мой номер".
    const there = /^мо[йия]$/.test(tokens[i - 1]?.text ?? '') && /^(?:там|внутри)$/.test(tokens[i - 2]?.text ?? '')
    const place =
      there && i > 1 ? { from: i - 2, at: i - 2 } : (placeAfter(tokens, i, to) ?? placeBefore(tokens, i, from))
    if (!place || !isMeant(tokens, i, place, from, to)) continue
    const [first, last] = place.at < i ? [tokens[place.from], token] : [token, tokens[place.at]]
    matches.push({
      kind: 'INVITATION',
      rule: 'invitation.number',
      from: first?.start ?? token.start,
      to: last?.end ?? token.end,
    })
  }
  return [...matches, ...findUnseen(folded.text)]
}

const own =
  'мо(?:и|й|я|ю|его|ей|их)(?: [а-я]+)? (?:координат|контакт|данные|визитк|номер|телефон|ник|почт|реквизит)[а-я]*|(?:номер|телефон)[а-я]* (?:мамы|папы|родител[а-я]+|мужа|жены|брата|сестры)'
const unseen =
  'белым (?:шрифтом|цветом|по белому|текстом)|(?:мелким|прозрачным|невидимым) (?:шрифтом|цветом|текстом)|на (?:обороте|полях|обложке)|с обратной стороны|в колонтитул[а-я]*|в примечани[а-я]*'
const notSeen = new RegExp(
  `(?<![а-я])(?:(?:${own})[^.!?\\n]{0,40}(?:${unseen})|(?:${unseen})[^.!?\\n]{0,40}(?:${own}))(?![а-я])`,
)

/** "мои координаты белым шрифтом", "на обороте моя визитка": where a reader looks and the guard doesn't. */
function findUnseen(text: string): Match[] {
  const found = notSeen.exec(text)
  if (!found || /(?:резюме|анкет|титульн|заполн)/.test(text)) return []
  return [{ kind: 'INVITATION', rule: 'invitation.number', from: found.index, to: found.index + found[0].length }]
}

interface Place {
  /** Its preposition. */
  from: number
  at: number
}

const maxBetween = 6

function placeAfter(tokens: readonly Token[], i: number, to: number): Place | null {
  let led = -1
  for (let at = i + 1; at < to && at - i < maxBetween; at++) {
    const text = tokens[at]?.text ?? ''
    if (led >= 0 && isPlace(text)) return { from: led, at }
    if (/^(?:картинкой|фоткой|скрином|скриншотом)$/.test(text)) return { from: at, at }
    if (into.test(text)) led = at
    else if (!between.test(text)) return null
  }
  return null
}

function placeBefore(tokens: readonly Token[], i: number, from: number): Place | null {
  for (let at = i - 1; at > from && i - at < maxBetween; at--) {
    const text = tokens[at]?.text ?? ''
    if (isPlace(text)) {
      for (let led = at - 1; led >= from && at - led < 4; led--) {
        if (into.test(tokens[led]?.text ?? '')) return { from: led, at }
        if (!between.test(tokens[led]?.text ?? '')) break
      }
      return null
    }
    if (!between.test(text)) return null
  }
  return null
}

const isPlace = (text: string): boolean => ownPlace.test(text) || anyPlace.test(text)

/** Whether it is the writer's own contact, and not a form's field or somebody's in the work. */
function isMeant(tokens: readonly Token[], i: number, place: Place, from: number, to: number): boolean {
  if (negated(tokens, from, to) || has(tokens, from, to, Is.topic | Is.code | Is.data | Is.reported)) return false
  const words = tokens.slice(from, to)
  const after = tokens[Math.max(i, place.at) + 1]
  if ((tokens[i + 1]?.classes ?? 0) & Is.numbered || (after?.classes ?? 0) & Is.numbered) return false
  const mine = words.some(({ text }) => /^(?:мой|моя|мои|мою|моего|моем|моей|меня|свой|свои|my)$/.test(text))
  if (tokens[place.at]?.text === 'странице' && !mine && /^номер/.test(tokens[i]?.text ?? '')) return false
  if (ownPlace.test(tokens[place.at]?.text ?? '')) return mine || words.length <= 8
  return mine || words.some(({ text }) => given.test(text))
}
