import { findOffPlatform } from './off-platform.ts'
import { around, has, type Match, negated, type Reading } from './reading.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

/** Invitations to go on elsewhere: in a messenger, by phone, past the marketplace. */
export function findInvitations(reading: Reading): Match[] {
  const places = reading.classes & (Is.messenger | Is.maybeMessenger | Is.elsewhere) ? findPlaces(reading) : []
  return [...places, ...findOffPlatform(reading)]
}

/** What the words around a messenger's name say. */
interface Scene {
  tokens: readonly Token[]
  /** The sentence. */
  from: number
  to: number
  place: number
  /** Where the words that lead to the place begin: before "в", "my". */
  lead: number
  sure: boolean
  personal: boolean
  topical: boolean
  english: boolean
}

function findPlaces(reading: Reading): Match[] {
  const { tokens } = reading
  const matches: Match[] = []
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]
    if (!token || !(token.classes & (Is.messenger | Is.maybeMessenger | Is.elsewhere))) continue
    const scene = sceneAt(tokens, i)
    const start = invitationAt(scene)
    if (start === null) continue
    matches.push({
      kind: 'INVITATION',
      rule: 'invitation.messenger',
      from: tokens[start]?.start ?? token.start,
      to: token.end,
    })
  }
  return matches
}

const determiner =
  /^(?:мой|мою|моем|мне|твой|твою|ваш|вашу|вашем|свой|свою|любой|любом|другой|другом|другую|какой-нибудь|какой|какую|личку|личке|лс|личные|the|my|your|another|other|a|any|some|мессенджер|мессенджере|приложении|сообщения|чат|чате|группу|official|on|или|и|or|and)$/

function sceneAt(tokens: readonly Token[], place: number): Scene {
  const { from, to } = around(tokens, place, 'sentence')
  let lead = place
  while (lead > from && place - lead < 3) {
    const token = tokens[lead - 1]
    if (!token || !(determiner.test(token.text) || token.classes & (Is.messenger | Is.elsewhere))) break
    lead--
  }
  if (tokens[lead - 1] && lead > from && (tokens[lead - 1]?.classes ?? 0) & Is.preposition) lead--
  const classes = tokens[place]?.classes ?? 0
  return {
    tokens,
    from,
    to,
    place,
    lead,
    sure: (classes & (Is.messenger | Is.elsewhere)) !== 0,
    personal: has(tokens, from, to, Is.me | Is.you),
    topical:
      has(tokens, from, place, Is.topic | Is.code) ||
      has(tokens, place + 1, Math.min(to, place + 6), Is.topic | Is.code),
    english: /^[a-z]/.test(tokens[place]?.text ?? ''),
  }
}

/** The token where an invitation to the scene's place begins; null where there is none. */
function invitationAt(scene: Scene): number | null {
  const { tokens, place, lead, from, to } = scene
  const next = tokens[place + 1]
  const clause = around(tokens, place, 'clause')
  // "телеграм-бот", "VK API", "Telegram Desktop".
  if (next && (next.classes & Is.code || (next.text === '-' && !next.spaceBefore && !tokens[place + 2]?.spaceBefore)))
    return null
  if (negated(tokens, clause.from, clause.to) || has(tokens, from, place, Is.reported)) return null
  if (has(tokens, place, clause.to, Is.reported) && !scene.personal) return null
  const led = lead < place && (tokens[lead]?.classes ?? 0) & Is.preposition ? lead : null
  return verbBefore(scene, led) ?? verbAfter(scene, led, clause) ?? asked(scene, led) ?? alone(scene, led, to)
}

const blockers = /^(?:про|о|об|обо|из|для|от|с|со|about|from|for|of|как|what|which|how|what's|whats)$/
const meNeeded =
  /^(?:найди(?:те)?|ищи(?:те)?|поищи(?:те)?|найти|find|search|follow|call|reach|contact|hit|ring|buzz|drop|shoot|catch|text|write|message|msg|dm|ping|pm|add|poke|give|send|talk|get|help|show|tell)$/
const me = /^(?:меня|мне|нас|нам|мой|my|me|us|you|u|вам|тебе|мою|твой|вас|тебя|to)$/
const plainMoves =
  /^(?:давай|давайте|дава|го|погнали|айда|жду|ждем|можно|можем|lets|пошли|can|could|shall|may|should|удобнее|удобно|проще|лучше|быстрее)$/

/** "напиши мне в тг", "давай перейдём в вотсап", "add me on discord": a verb, then nothing but small words, then the place. */
function verbBefore(scene: Scene, led: number | null): number | null {
  const { tokens, from, lead, topical, sure } = scene
  let foreign = 0
  let start: number | null = null
  let inTouch = false
  let sawMe = false
  for (let i = lead - 1; i >= from && lead - i < 9; i--) {
    const token = tokens[i]
    if (!token) break
    if (token.type === 'symbol') {
      if (/[—-]/.test(token.text) || token.text === ',' || token.text === ':' || token.text === ')') continue
      if (start === null) foreign++
      continue
    }
    if (me.test(token.text)) sawMe = true
    const classes = token.classes
    if (blockers.test(token.text)) break
    const verb = classes & (Is.getInTouch | Is.move | Is.offer | Is.contactInfinitive)
    if (verb && foreign <= (topical ? 0 : 1) && isVerbHere(scene, i)) {
      const needsMe = meNeeded.test(token.text) && !(classes & Is.move && !(classes & Is.getInTouch))
      const reaches =
        !needsMe || sawMe || has(tokens, i + 1, lead, Is.me) || /^(?:me|us)$/.test(tokens[i + 1]?.text ?? '')
      if (reaches && led !== null) {
        start = i
        inTouch ||= (classes & (Is.getInTouch | Is.move | Is.offer)) !== 0
        continue
      }
    }
    if (classes & Is.modal && start !== null) {
      start = i
      inTouch = true
      continue
    }
    if (!(classes & (Is.light | Is.me | Is.you | Is.preposition | Is.modal | Is.numberNoun | Is.phoneCue | verbs)))
      foreign++
    if (foreign > 1) break
  }
  if (start === null) return null
  const first = tokens[start]
  // "Давайте рассмотрим рекламу в Telegram", "можно писать в ВК": a move or a may without anybody who moves.
  if (first && plainMoves.test(first.text) && topical && !scene.personal) return null
  if (!inTouch && !scene.personal && !/\?/.test(tokens[scene.to - 1]?.text ?? '')) return null
  if (topical && !sawMe && !has(tokens, start, scene.place, Is.me | Is.you) && !sure) return null
  if (topical && !has(tokens, start, scene.place + 2, Is.me | Is.you)) return null
  return start
}

const verbs = Is.getInTouch | Is.move | Is.offer | Is.contactInfinitive

/** English nouns look like verbs: "a message on Telegram", "the chat on Discord". */
function isVerbHere({ tokens }: Scene, i: number): boolean {
  const before = tokens[i - 1]?.text ?? ''
  return !(
    /^[a-z]/.test(tokens[i]?.text ?? '') &&
    /^(?:a|an|the|this|that|of|their|his|her|each|every|people|users|they|who|which|in)$/.test(before)
  )
}

const waits =
  /^(?:жду|ждем|напиши|напишите|пиши|пишите|напишу|отвечу|отвечаю|скину|скинь|скиньте|кину|добавь|добавьте|спишемся|созвонимся|пообщаемся|поговорим|обсудим|договоримся|удобнее|удобней|быстрее|проще|лучше|кидай|кидайте|отправлю|пришлю|пришли|пришлите|продолжим|свяжемся|го|погнали|есть|найдешь|найдете|стучи|стучись|стукни|сижу|доступен|доступна|онлайн|черкани|маякни|звони|звоните|позвоню)$/

/** "в телеге удобнее", "в тг напиши", "в вк спишемся". */
function verbAfter(
  { tokens, place, lead, topical, sure, personal }: Scene,
  led: number | null,
  clause: { to: number },
): number | null {
  if (led === null || !sure || topical) return null
  for (let i = place + 1; i < Math.min(clause.to, place + 5); i++) {
    const token = tokens[i]
    if (!token || token.type === 'symbol') break
    if (waits.test(token.text)) {
      const comparative = /^(?:удобнее|удобней|быстрее|проще|лучше|есть|онлайн)$/.test(token.text)
      const small = clause.to - lead <= 7
      return !comparative || personal || small ? lead : null
    }
    if (!(token.classes & (Is.light | Is.me | Is.you | Is.modal))) break
  }
  return null
}

const have = /^(?:есть|имеется|сидишь|сидите|пользуешься|пользуетесь|используешь|используете|have|use|got|using)$/

/** "у вас есть телеграм?", "какой у тебя тг", "what's your telegram", "are you on discord?", "я есть в тг". */
function asked(scene: Scene, led: number | null): number | null {
  const { tokens, from, to, place, topical, sure } = scene
  if (!sure && !scene.english) return null
  const before = tokens.slice(Math.max(from, place - 7), place)
  const after = tokens.slice(place + 1, Math.min(to, place + 5))
  const texts = before.map(({ text }) => text)
  const question = tokens[to]?.text === '?' || tokens.slice(place, to + 1).some(({ text }) => text === '?')
  const start = Math.max(from, place - texts.length)
  const you = [...before, ...after].some(({ classes, text }) => classes & Is.you && !/^(?:сво.*|yourself)$/.test(text))
  const i = [...before, ...after].some(({ text }) => /^(?:я|меня|мой|i|im|my)$/.test(text))
  if (topical && !(you && /^(?:твой|твоя|ваш|ваша|твою|your|вас|тебя)$/.test(texts.at(-1) ?? ''))) return null
  if (sure && (you || texts.length <= 2) && question && [...before, ...after].some(({ text }) => have.test(text)))
    return start
  if (texts.includes('are') && you && question && led !== null) return start
  if (
    /^(?:твой|твоя|ваш|ваша|твою|вашу|свой|свою|твоя)$/.test(texts.at(-1) ?? '') &&
    (question || has(tokens, from, place, Is.getInTouch))
  )
    return start
  if (
    /^(?:your|ur)$/.test(texts.at(-1) ?? '') &&
    texts.some((text) => /^(?:whats|what|send|give|share|drop|need|have)$/.test(text))
  )
    return start
  const given =
    texts.filter((text) => !/^(?:мне|нам|лучше|тогда|плиз|пожалуйста|свой|твой|ваш)$/.test(text)).at(-1) ?? ''
  if (sure && led === null && givesPlace.test(given) && closesHere(tokens, place, to)) return start
  if (/^(?:тебя|вас)$/.test(texts.at(-1) ?? '') && texts.some((text) => /^(?:какой|какая|что|есть|как)$/.test(text)))
    return start
  if (led !== null && sure && i && lastIsBeing(before, tokens, place)) return start
  return null
}

const givesPlace =
  /^(?:дай|дайте|скинь|скиньте|кинь|киньте|оставь|оставьте|подскажи|подскажите|скажи|скажите|пришли|пришлите|давай|давайте|give|drop|share)$/

const closesHere = (tokens: readonly Token[], place: number, to: number): boolean => {
  const next = tokens[place + 1]
  return (
    !next ||
    place + 1 >= to ||
    next.type === 'symbol' ||
    /^(?:свой|твой|ваш|плиз|пожалуйста|тогда|и|а|я|там|если|или)$/.test(next.text)
  )
}

/** "я есть в тг", "меня можно найти в вк", "I'm on telegram": being there is inviting there. */
function lastIsBeing(before: readonly Token[], tokens: readonly Token[], place: number): boolean {
  const texts = before.map(({ text }) => text).filter((text) => !/^(?:в|во|на|on|in)$/.test(text))
  const last = texts.at(-1) ?? ''
  const end = tokens[place + 1]
  const closes =
    !end ||
    end.type === 'symbol' ||
    end.lineBefore ||
    /^(?:и|как|под|если|пиши.*|тоже|всегда|as|too|if|and|чаще|каждый)$/.test(end.text)
  return (
    closes &&
    /^(?:я|есть|im|найти|сижу|всегда|тоже|чаще|active|available|найдете|найдешь|лучше|быстрее|удобнее)$/.test(last)
  )
}

/** "в тг?", "го в дс", "телега?", "whatsapp?": so few words that nothing else can be meant. */
function alone({ tokens, from, to, place, lead, sure }: Scene, led: number | null, end: number): number | null {
  if (!sure || to - from > 5) return null
  const question = tokens[end]?.text === '?' || tokens[to - 1]?.text === '?'
  const rest = tokens.slice(from, to).filter((_, k) => from + k < lead || from + k > place)
  const small = rest.every(
    ({ classes, type, text }) =>
      type === 'symbol' || classes & (Is.light | Is.modal | Is.move | Is.me | Is.you) || text === 'а' || text === 'ok',
  )
  if (!small) return null
  if (led !== null && (question || rest.some(({ classes }) => classes & (Is.move | Is.modal)))) return from
  return null
}
