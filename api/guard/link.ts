import { type Domain, domainAt } from './domain.ts'
import { isContactHost, isDottedName, soundsLikeContactHost } from './domain-endings.ts'
import { hintFor } from './hints.ts'
import { isSlash, mayBeNetwork, networkAt, slashName } from './link-network.ts'
import { isLooseEnding, withoutDot } from './link-without-dot.ts'
import { has, type Match, maxMatches, type Reading } from './reading.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

/** Web addresses: with a scheme, as bare domains, or with their dots spoken. */
export function findLinks(reading: Reading): Match[] {
  const matches = findSchemes(reading)
  const { tokens } = reading
  for (let i = 0; i < tokens.length && matches.length < maxMatches; i++) {
    const token = tokens[i]
    if (!token || token.type === 'symbol') continue
    if (isInside(tokens, i)) {
      // "akbota-media,kz"
      const typo = tokens[i - 1]?.text === '-' && tokens[i + 1]?.text === ',' ? networkAt(reading, i) : null
      if (typo) matches.push(typo)
      continue
    }
    const domain = token.text === 'www' ? wwwAt(reading, i) : domainAt(tokens, i)
    if (domain && isAddress(reading, domain)) {
      const to = pathEnd(reading, domain)
      matches.push({ kind: 'LINK', rule: ruleOf(domain), from: token.start, to })
      while (i + 1 < tokens.length && (tokens[i + 1]?.start ?? 0) < to) i++
      continue
    }
    const joined = tokens[i + 1]?.type === 'symbol' && !tokens[i + 1]?.spaceBefore
    if (!joined && !(token.hints & isOfLink)) continue
    const network = networkAt(reading, i) ?? slashName(reading, i) ?? withoutDot(reading, i)
    if (network) matches.push(network)
  }
  return matches
}

/** Words that an address without its dots may begin or end with. */
const isOfLink = hintFor((word) => mayBeNetwork(word) || isSlash(word) || isLooseEnding(word))

/** Whether a token is a later part of a word with digits, hyphens or points, which was looked at from its beginning. */
function isInside(tokens: readonly Token[], i: number): boolean {
  const [before, earlier] = [tokens[i - 1], tokens[i - 2]]
  if (!before || tokens[i]?.spaceBefore) return false
  if (before.type !== 'symbol') return true
  return /^[.-]$/.test(before.text) && !before.spaceBefore && earlier !== undefined && earlier.type !== 'symbol'
}

const ruleOf = ({ how, trust }: Domain): string =>
  how === 'spoken' || how === 'bracketed' || trust === 'spoken'
    ? 'link.spoken'
    : how === 'spaced'
      ? 'link.spaced'
      : 'link.domain'

const schemes = new Set(
  'http https hxxp hxxps htxp htxps hxtp hxtps htp htps ttp ttps хттп хттпс нттр нттрѕ ftp tg viber whatsapp skype'.split(
    ' ',
  ),
)

const isScheme = hintFor(schemes)

/** "hxxp://", "https :// ", "h t t p": also where the base rule no longer sees them. */
function findSchemes({ tokens, folded, hints }: Reading): Match[] {
  const matches: Match[] = []
  if (!(hints & isScheme)) return matches
  for (let i = 0; i < tokens.length && matches.length < maxMatches; i++) {
    const token = tokens[i]
    if (token?.type !== 'word' || !schemes.has(token.text)) continue
    const colon = tokens[i + 1]
    const slash = tokens[i + 2]
    if (colon?.text !== ':' || !/^[/\\]$/.test(slash?.text ?? '')) continue
    const second = tokens[i + 3]
    if (!/^[/\\]$/.test(second?.text ?? '') && (token.text === 'ftp' || token.text.startsWith('h'))) {
      if (!second || second.type === 'symbol') continue
    }
    if (token.text === 'ftp' && /^(?:localhost|10|127|192|172)$/.test(tokens[i + 4]?.text ?? '')) continue
    const host = tokens[i + 4] ?? second ?? slash ?? colon
    matches.push({ kind: 'LINK', rule: 'link.scheme', from: token.start, to: wordEnd(folded.text, host.end) })
  }
  return matches
}

/** End of the run without white space or closing punctuation; at most 300 units on. */
function wordEnd(text: string, from: number): number {
  let to = from
  while (to < text.length && to - from < 300 && !/[\s,;)"»>\]]/.test(text.charAt(to))) to++
  while (to > from && /[.!?:]/.test(text.charAt(to - 1))) to--
  return to
}

function pathEnd({ folded, tokens }: Reading, domain: Domain): number {
  const end = tokens[domain.to - 1]?.end ?? 0
  return /[/:?#]/.test(folded.text.charAt(end)) ? wordEnd(folded.text, end) : end
}

/** "www." and anything is an address even where the ending is unknown. */
function wwwAt({ tokens }: Reading, i: number): Domain | null {
  const domain = domainAt(tokens, i)
  if (domain) return { ...domain, trust: 'plain' }
  const label = tokens[i + 2]
  if (tokens[i + 1]?.text !== '.' || !label || label.spaceBefore || label.type === 'symbol') return null
  return { from: i, to: i + 3, host: `www.${label.text}`, ending: label.text, trust: 'plain', how: 'point' }
}

function isAddress({ tokens, folded }: Reading, domain: Domain): boolean {
  const { host, ending, from, to, trust, how } = domain
  if (isContactHost(host) || (domain.how === 'spoken' && soundsLikeContactHost(host))) return true
  const first = tokens[from]
  const last = tokens[to - 1]
  if (!first || !last || (isDottedName(host) && folded.text.charAt(last.end) !== '/')) return false
  const next = folded.text.charAt(last.end)
  const before = tokens[from - 1]
  const slashes = before?.text === '/' && tokens[from - 2]?.text === '/'
  const touching = before && !first.spaceBefore && !slashes ? before.text : ''
  if (next === '(' || next === '[' || next === '_' || /^[/\\.$#_]$/.test(touching)) return false
  const written = folded.source.slice(folded.span(last.start, last.end).start, folded.span(last.start, last.end).end)
  const label = host.slice(0, -ending.length - 1)
  const hasPath = next === '/' && /[a-zа-я0-9]/.test(folded.text.charAt(last.end + 1))
  if (/^\d+$/.test(label.replaceAll('.', '')) && trust !== 'plain') return false
  const said = has(tokens, from - 4, from, Is.site) || has(tokens, to, to + 2, Is.site)
  if (how === 'spoken' || trust === 'spoken') return isSpokenAddress(domain, first, said || endsThere(tokens, to))
  if (how === 'spaced') {
    if (/^(?:зон.*|домен.*|zone|domain|tld|файл.*|file)$/.test(first.text)) return false
    return label.length > 2 && (/^[a-z0-9-]+$/.test(label) || tokens[to - 2]?.spaceBefore === true)
  }
  // "ASP.NET", "System.IO": shouted endings belong to names of programs.
  if (/^(?:NET|IO|Net|Io|CO|ME|US|CA|PL|DE|FR|PRO|TV|CC)$/.test(written) && !hasPath) return false
  if (trust === 'plain') return label.length > 0 && !/^[А-ЯЁ]/.test(written)
  // A capital after the point begins a sentence.
  if (/^\p{Lu}/u.test(written) && !hasPath && !said) return false
  if (trust === 'shared') return hasPath || said || (next !== '=' && isHostLike(label))
  // "marina.tilda.ws", "пишите на dissertant.help".
  const told =
    has(tokens, from - 3, from, Is.getInTouch | Is.move) && /^(?:на|сюда|to|at|on|:)$/.test(before?.text ?? '')
  if (builders.test(label) || (told && /^[a-z][a-z0-9-]{4,}$/.test(label))) return next !== '='
  return (
    (hasPath && /[a-z]/.test(label) && touching !== '/' && (ending.length === 2 || pathEndings.test(ending))) ||
    (said && /^[a-z0-9.-]{2,}$/.test(label) && !has(tokens, to, to + 2, Is.code))
  )
}

/** What sites are built with, whose names come under theirs. */
const builders =
  /^[a-z0-9-]{3,}\.(?:tilda|wix|wixsite|narod|ucoz|blogspot|wordpress|notion|tumblr|livejournal|weebly|taplink|mozello|nethouse)$/

/** Longer endings of services that people keep files and pages at. */
const pathEndings = /^(?:gle|page|link|bio|chat|click|gift|ink|team|art|fun|life|world|group|email)$/

/** Whether a label reads like somebody's site rather than a variable: long, or of more than one word. */
const isHostLike = (label: string): boolean =>
  label.length >= 5 &&
  !/^(?:self|this|math|window|document|console|event|object|model|user|users|item|class|node|file|state|props|array|string|system|готово|спасибо)$/.test(
    label,
  )

const notLabels = /^(?:the|a|an|of|this|in|that|and|эта|та|вторая|первая|одна|каждая|any|one|each|was|is)$/

/** Whether nothing follows that a "точка онлайн" in a sentence would go on with. */
const endsThere = (tokens: readonly Token[], to: number): boolean => {
  const [ending, next] = [tokens[to - 1], tokens[to]]
  if (!/^(?:онлайн|online|сайт|site|инфо|info)$/.test(ending?.text ?? '')) return false
  return !next || next.lineBefore || next.type === 'symbol' || /^(?:там|тут|вот|заход.*|зайд.*|пиши.*)$/.test(next.text)
}

/** "сайт точка ру", "example dot com", but neither "the dot com bubble" nor "точка нет". */
function isSpokenAddress({ ending, how, host }: Domain, first: { text: string }, said: boolean): boolean {
  if (how === 'bracketed') return true
  if (notLabels.test(first.text) && !said) return false
  if (/^(?:нет|ми|ме|мэ|net|me|by|бай|io|ио|pro|онлайн|online|сайт|site|su|info|инфо|cc|us)$/.test(ending)) {
    return said || /^[a-z0-9._-]+\.[a-zа-я]+$/.test(host) || /^(?:т|тэ|вк|ютуб|телеграм|телеграмм|ватсап)\./.test(host)
  }
  return true
}
