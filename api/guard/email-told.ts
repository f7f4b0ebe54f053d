import { namesWork } from './email-local.ts'
import { asSent } from './fold.ts'
import { handleAt, isFileName } from './handle-name.ts'
import { hintFor } from './hints.ts'
import { around, has, type Match, type Reading } from './reading.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

/** "liamg.moc", "ur.liam": an ending and a provider back to front mean nothing else. */
const backToFront =
  /(?<![a-z])(?:ur|moc|ten|ed|yb|zk|au|em)[ ]?\.[ ]?(?:liam|kb|tsil|xobni|xednay|ay|relbmar|liamg|kooltuo|oohay|duolci|notorp|liamnotorp|rku|bew|xmg|liamtoh)(?![a-z])[^\s]*/gu

/** Providers by the names that are said for them, where an ending or a "на" makes clear what is meant. */
const whole =
  /^(?:укрнет[а-я]?|ukrnet|(?:г|дж)(?:и?м[еэ]йл|майл)ком|(?:мейл|мэйл|маил|яндекс|рамблер|инбокс|лист|бк)ру)$/
const provider =
  /^(?:g|gmail|гмейл[а-я]?|гмайл[а-я]?|джимейл[а-я]?|жмейл[а-я]?|гугл[еа]?|гугловск[а-я]+|google|googlemail|яндекс[еа]?|яндексовск[а-я]+|yandex|ya|я|мейл[еа]?|мэйл[еа]?|майл[еа]?|маил|mail|мейловск[а-я]+|рамблер[еа]?|rambler|бк|bk|инбокс[еа]?|inbox|аутлук[еа]?|outlook|hotmail|yahoo|яху|протон[еа]?|proton|protonmail|айклауд[еа]?|icloud|веб|web|укр|ukr|gmx|гмх|тут|tut|лист|list)$/
/** Endings of those in letters of either alphabet. */
const ending = /^(?:де|de|ру|ru|ком|com|нет|нете|net|бай|by|ме|me|кз|kz|орг|org)$/
const tail = /^(?:хвост(?:ик)?|домен|оконч[а-я]+|конец|почт[аеыу]|почтовик|ящик[а-я]*|мыл[оеу]|tail|account|address)$/
const box =
  /^(?:почт[ауеыо]й?|почтов[а-я]+|ящик[а-я]{0,2}|мыл[оуеа]|электронк[ауеио]й?|(?:[еиэ]-?)?м[еэ]йл[а-я]?|имейл[а-я]?|имэйл[а-я]?|емайл|e?mail|mailbox)$/
const spelled =
  /^(?:латиниц[а-я]+|латинск[а-я]+|английск[а-я]+|слитно|вместе|together|translit|транслитом|буквами|маленькими|lowercase)$/
const sign =
  /^(?:curly|squiggly|swirly|завит[а-я]+|кудряв[а-я]+|двойк[еиой]+|шифт|shift|собак[ауои]й?|собачк[ауои]й?|кружочк[еа]|кружк[еа]|завитушк[а-я]+|at|эт)$/
const signNoun = /^(?:знак[а-я]*|значок|символ[а-я]*|sign|symbol|английск[а-я]+|раскладк[а-я]+|а|a)$/

const turned = hintFor(/liam|xednay|^ay|^kb|tsil|xobni|oohay|kooltuo|relbmar|notorp|duolci/)
const shouted = hintFor(/[a-z\d]at[a-z\d]{2,}dot[a-z]{2,6}$/)
const shoutedSigns = /[a-z\d._-]{2,40}AT[a-z\d-]{2,30}DOT[a-z]{2,6}/g
const mayBeHost = hintFor(/укр|ukr|веб|web|гугл|google|gmx|гмх/)

/** E-mail addresses told around their "@": back to front, over lines, with the provider's name beside the mailbox's. */
export function findMailboxes(reading: Reading): Match[] {
  const { text } = reading.folded
  const matches: Match[] = []
  if (reading.hints & turned && /liam|xednay|\.ay|\.kb|tsil|xobni|oohay|kooltuo|relbmar|notorp|duolci/.test(text)) {
    for (const { 0: run, index } of text.matchAll(backToFront)) matches.push(mailbox(index, index + run.length))
  }
  if (reading.hints & shouted) {
    // "amyhelpsAThotmailDOTcom": capitals are only in the text as it was sent.
    for (const { 0: run, index } of asSent(reading.folded).matchAll(shoutedSigns))
      matches.push(mailbox(index, index + run.length))
  }
  return matches.length > 0 ? matches.slice(0, 3) : findNamedHost(reading)
}

const mailbox = (from: number, to: number): Match => ({ kind: 'EMAIL', rule: 'email.spoken', from, to })

/** How well a provider is told: bare where only its name is; by an ending, a "хвост" or a sign for sure. */
interface Host {
  from: number
  to: number
  sure: boolean
}

function hostAt({ tokens }: Reading, i: number): Host | null {
  const token = tokens[i]
  // "ivan@mail.ru" is whole as it stands.
  if (token?.type !== 'word' || token.text.length > 14 || tokens[i - 1]?.text === '@') return null
  if (whole.test(token.text)) return { from: i, to: i + 1, sure: true }
  if (!provider.test(token.text)) return null
  const [next, after] = [tokens[i + 1], tokens[i + 2]]
  if (token.text === 'g') {
    const at = next?.text === '-' ? i + 2 : i + 1
    return tokens[at]?.text === 'mail'
      ? { from: i, to: at + 1, sure: /^(?:at|на|on)$/.test(tokens[i - 1]?.text ?? '') }
      : null
  }
  const dotted = (next?.text === '.' && !after?.spaceBefore) || ((next?.classes ?? 0) & Is.dot) !== 0
  if (dotted && after && ending.test(after.text)) return { from: i, to: i + 3, sure: true }
  if (/^(?:g|я|веб|web|тут|tut|ukr|укр|лист|list)$/.test(token.text)) return null
  if (/вск/.test(token.text)) {
    const named = [tokens[i - 1], next].find((word) => tail.test(word?.text ?? ''))
    return named ? { from: i, to: i + 1, sure: true } : null
  }
  return { from: i, to: i + 1, sure: false }
}

const other = Is.code | Is.topic | Is.reported | Is.data
const before = 22
const behind = 8

function findNamedHost(reading: Reading): Match[] {
  const { tokens, classes } = reading
  if (!(classes & (Is.mailProvider | Is.mailCue | Is.at)) && !(reading.hints & mayBeHost)) return []
  let seen = 0
  for (let i = 0; i < tokens.length && seen < 12; i++) {
    const host = hostAt(reading, i)
    if (!host) continue
    seen++
    const sentence = around(tokens, i, 'sentence')
    if (speaksOf(tokens, sentence.from, sentence.to)) continue
    const [from, to] = [Math.max(0, i - before), Math.min(tokens.length, host.to + behind)]
    const words = tokens.slice(from, to)
    const boxed = words.some((word, at) => from + at !== i && box.test(word.text))
    const spells = words.some((word) => spelled.test(word.text))
    const signed = words.some(
      (word, at) =>
        sign.test(word.text) &&
        [words[at - 1], words[at - 2], words[at + 1], words[at + 2]].some((near) => signNoun.test(near?.text ?? '')),
    )
    if (!host.sure && !boxed && !signed) continue
    const led = /^(?:на|в|у|at|on|,|дальше|потом|затем)$/.test(tokens[i - 1]?.text ?? '')
    if (!host.sure && !led && !signed) continue
    const plain = host.sure ? boxed || spells || signed || led : spells
    const name = nameNear(reading, from, to, host, plain, boxed && spells)
    if (!name) continue
    return [
      mailbox(Math.min(name.from, tokens[host.from]?.start ?? 0), Math.max(name.to, tokens[host.to - 1]?.end ?? 0)),
    ]
  }
  return []
}

const longest = 18

/** Whether a sentence is about programs, theses or somebody else; words inside of a name ("diplom2020") don't count. */
const speaksOf = (tokens: readonly Token[], from: number, to: number): boolean => {
  for (let i = from; i < to; i++) {
    const inName = tokens[i + 1]?.type === 'number' && !tokens[i + 1]?.spaceBefore
    if (!inName && has(tokens, i, i + 1, other)) return true
  }
  return false
}

const ordinary =
  /^(?:mail|email|e-mail|gmail|yandex|google|rambler|outlook|yahoo|word|excel|pdf|docx?|latex|python|only|name|address)$/

/** A mailbox's name around a provider: with signs or digits in it; of Latin letters alone where it is plainly spelled. */
function nameNear(
  reading: Reading,
  from: number,
  to: number,
  host: Host,
  plain: boolean,
  russian: boolean,
): { from: number; to: number } | null {
  const { tokens } = reading
  for (let at = from; at < to; at++) {
    const token = tokens[at]
    if (token?.type !== 'word' || (at >= host.from && at < host.to) || namesWork(tokens[at - 1])) continue
    if (at > from && !token.spaceBefore && !/^["«“'(:,]$/.test(tokens[at - 1]?.text ?? '')) continue
    // From its beginning on, so that a line of its own may be a name.
    const handle = handleAt({ ...reading, tokens: tokens.slice(at, at + longest) }, 0)
    const end = handle ? tokens[at + handle.to - 1]?.end : undefined
    if (handle && end !== undefined && !isFileName(handle.text) && !ordinary.test(handle.text)) {
      if (at + handle.to > host.from && at < host.from) continue
      const latin = /^[a-z]/.test(handle.text)
      const known =
        ((token.classes & ~(Is.filler | Is.me)) !== 0 && handle.strength === 'plain') || provider.test(handle.text)
      if (handle.strength === 'strong' ? latin || russian : plain && latin && !known && !isEnglish(reading, at))
        return { from: token.start, to: end }
    }
    const hyphen = tokens[at + 1]?.text === '-' && !tokens[at + 1]?.spaceBefore && !tokens[at + 2]?.spaceBefore
    if (hyphen && plain && /^[a-z]{3,}$/.test(token.text) && /^[a-z\d]{2,}$/.test(tokens[at + 2]?.text ?? '')) {
      if (host.sure || plain) return { from: token.start, to: tokens[at + 2]?.end ?? token.end }
    }
  }
  return null
}

/** Whether a Latin word stands among others: a sentence, not a name in one. */
const isEnglish = ({ tokens }: Reading, at: number): boolean => {
  const near = [tokens[at - 2], tokens[at - 1], tokens[at + 1], tokens[at + 2]]
  const latin = near.filter((token) => token?.type === 'word' && /^[a-z]+$/.test(token.text)).length
  return latin > 1 && !/^[,"«:]$/.test(tokens[at - 1]?.text ?? '')
}
