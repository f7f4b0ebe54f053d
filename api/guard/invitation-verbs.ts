import { Cue, cuesIn } from './evidence.ts'
import { isQuestion, type Scene, slang } from './messenger-scene.ts'
import { has } from './reading.ts'
import { Is } from './word-classes.ts'

const blockers = /^(?:про|о|об|обо|из|для|от|с|со|about|from|for|of|what|which|how|what's|whats)$/
const meNeeded =
  /^(?:найди(?:те)?|ищи(?:те)?|поищи(?:те)?|найти|find|search|follow|call|reach|contact|hit|ring|buzz|drop|shoot|catch|text|write|message|msg|dm|ping|pm|add|poke|give|send|show)$/
const me = /^(?:меня|мне|нас|нам|мой|my|me|us|you|u|вам|тебе|мою|твой|вас|тебя|to)$/
const plainMoves =
  /^(?:давай|давайте|дава|го|погнали|айда|жду|ждем|можно|можем|lets|пошли|can|could|shall|may|should|удобнее|удобно|проще|лучше|быстрее)$/

/** "напиши мне в тг", "давай перейдём в вотсап", "add me on discord": a verb, then nothing but small words, then the place. */
export function verbBefore(scene: Scene, led: number | null): number | null {
  const { tokens, from, lead, topical, sure } = scene
  let foreign = 0
  let start: number | null = null
  let inTouch = false
  let sawMe = false
  const proposed = (cuesIn(tokens, from, lead) & Cue.together) !== 0
  let between = 0
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
    // "сижу в скайпе на совещании" is being busy.
    if (/^(?:сижу|нахожусь)$/.test(token.text) && !closesAfter(scene)) break
    if (verb && foreign <= (topical ? 0 : 1) && isVerbHere(scene, i)) {
      const needsMe = meNeeded.test(token.text) && !(classes & Is.move && !(classes & Is.getInTouch))
      const reaches =
        !needsMe || sawMe || has(tokens, from, lead, Is.me | Is.you) || looksForSomebody(scene, i) || proposed
      if (reaches && led !== null) {
        start = i
        between = foreign
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
  if (start === null) return sentAlready(scene, led)
  // "look at line 45": what has other meanings needs somebody to be meant.
  if (
    !sure &&
    !sawMe &&
    /^(?:look|get|find|add|call|use|post|drop|ring|dial|send|give|share)$/.test(tokens[start]?.text ?? '')
  )
    return null
  const first = tokens[start]
  if (!inTouch && !scene.personal && !isQuestion(scene)) return null
  // "пойдём в телегу" is nothing but that; "добавь раздел о рекламе в Telegram" is homework.
  if (!topical || (between === 0 && slang.test(tokens[scene.place]?.text ?? ''))) return start
  if (first && plainMoves.test(first.text) && !scene.personal) return null
  return (sawMe || sure) && has(tokens, start, scene.place + 2, Is.me | Is.you) ? start : null
}

/** "отправила вам в вотсап": to the reader, not to anybody. */
function sentAlready({ tokens, from, lead, topical }: Scene, led: number | null): number | null {
  if (led === null || topical) return null
  for (let i = lead - 1; i >= from && lead - i < 5; i--) {
    if (/^(?:отправил|скинул|написал|прислал|кинул|добавил|переслал)а?$/.test(tokens[i]?.text ?? '')) {
      return tokens.slice(Math.max(from, i - 2), lead).some(({ text }) => /^(?:вам|тебе|вас|тебя)$/.test(text))
        ? i
        : null
    }
  }
  return null
}

/** "ищи в вк Анна Смирнова", "reach out on telegram": somebody is meant though not named. */
function looksForSomebody({ tokens, place, to, topical }: Scene, i: number): boolean {
  if (topical) return false
  if (/^(?:out|up)$/.test(tokens[i + 1]?.text ?? '')) return true
  if (!/^(?:найди|найдите|ищи|ищите|поищи)$/.test(tokens[i]?.text ?? '')) return false
  return place + 1 >= to || to - place <= 3
}

const verbs = Is.getInTouch | Is.move | Is.offer | Is.contactInfinitive

const closesAfter = ({ tokens, place }: Scene): boolean => {
  const end = tokens[place + 1]
  return (
    !end ||
    end.type === 'symbol' ||
    end.lineBefore ||
    /^(?:и|если|обычно|чаще|всегда|постоянно|там|целыми|весь|почти|могу|пиши.*)$/.test(end.text)
  )
}

const nounToo =
  /^(?:chat|talk|message|messages|msg|text|call|contact|post|search|meet|move|switch|share|email|mail|answer|reply|phone|use|speak|drop|ring|buzz|dm|pm|ping|whatsapp|telegram|follow|find)$/
const beforeVerb =
  /^(?:lets|youll|ull|to|can|could|we|you|i|ill|please|pls|plz|and|or|just|should|shall|may|might|gonna|wanna|will|me|better|so|then|u|maybe|would|also|easier|rather|prefer|if|need|us|now|ok|okay|hey|hi|yes|sure|instead|but|well|quickly|mate|bro|or)$/

/** English nouns look like verbs: "a message on Telegram", "the chat on Discord". */
function isVerbHere({ tokens, from }: Scene, i: number): boolean {
  if (!nounToo.test(tokens[i]?.text ?? '') || i === from) return true
  const before = tokens[i - 1]
  return before?.type !== 'word' || beforeVerb.test(before.text) || (before.classes & Is.getInTouch) !== 0
}

const waits =
  /^(?:жду|ждем|напиши|напишите|пиши|пишите|напишу|отвечу|отвечаю|скину|скинь|скиньте|кину|добавь|добавьте|спишемся|созвонимся|пообщаемся|поговорим|обсудим|договоримся|удобнее|удобней|быстрее|проще|лучше|чаще|всегда|постоянно|кидай|кидайте|отправлю|пришлю|пришли|пришлите|продолжим|свяжемся|го|погнали|есть|найдешь|найдете|стучи|стучись|стукни|сижу|доступен|доступна|онлайн|черкани|маякни|звони|звоните|позвоню|объяснить|созвониться|списаться|написать|пообщаться|обсудить)$/

/** "в телеге удобнее", "в тг напиши", "в вк спишемся". */
export function verbAfter(
  { tokens, from, place, lead, topical, sure, personal }: Scene,
  led: number | null,
  clause: { to: number },
): number | null {
  if (led === null || !sure || topical) return null
  for (let i = place + 1; i < Math.min(clause.to, place + 5); i++) {
    const token = tokens[i]
    if (!token || token.type === 'symbol') break
    if (waits.test(token.text)) {
      const often = /^(?:всегда|постоянно|чаще)$/.test(token.text)
      if (often && (i + 1 < clause.to || cuesIn(tokens, from, place) & Cue.others)) return null
      const comparative =
        /^(?:объяснить|созвониться|списаться|написать|пообщаться|обсудить|всегда|постоянно|чаще|удобнее|удобней|быстрее|проще|лучше|есть|онлайн)$/.test(
          token.text,
        )
      const small = clause.to - lead <= 7
      return !comparative || personal || small ? lead : null
    }
    if (!(token.classes & (Is.light | Is.me | Is.you | Is.modal))) break
  }
  return null
}
