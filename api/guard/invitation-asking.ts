import { Cue, cuesIn } from './evidence.ts'
import { isQuestion, type Scene, slang } from './messenger-scene.ts'
import { around, has } from './reading.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

const have =
  /^(?:есть|установлен[ао]?|стоит|имеется|сидишь|сидите|пользуешься|пользуетесь|используешь|используете|have|use|got|using)$/

const russianHave = /^(?:есть|имеется|сидишь|сидите|пользуешься|пользуетесь|бываешь|бываете|зареган[ыа]?)$/

/** "у вас есть телеграм?", "какой у тебя тг", "what's your telegram", "are you on discord?", "я есть в тг". */
export function asked(scene: Scene, led: number | null): number | null {
  const { tokens, from, to, place, topical, sure } = scene
  if (!sure && isAskedFor(scene)) return from
  if (!sure && !scene.english) return null
  const before = tokens.slice(Math.max(from, place - 7), place)
  const after = tokens.slice(place + 1, Math.min(to, place + 5))
  const texts = before.map(({ text }) => text)
  const last = texts.at(-1) ?? ''
  const start = Math.max(from, place - texts.length)
  const near = [...before, ...after]
  const question = isQuestion(scene)
  const others = (cuesIn(tokens, from, place) & Cue.others) !== 0
  const you = near.some(({ classes, text }) => classes & Is.you && !/^(?:сво.*|yourself)$/.test(text))
  const i = near.some(({ text }) => /^(?:я|меня|мне|мой|i|im|my|me)$/.test(text))
  const yours = /^(?:твой|твоя|твою|твоем|ваш|ваша|вашу|your|ur|тебя|вас)$/.test(last)
  if (topical && !yours) return null
  if (sure && (you || texts.length <= 2) && question && near.some(({ text }) => have.test(text))) return start
  const clause = around(tokens, place, 'clause')
  const brief = clause.to - clause.from <= 11
  if (texts.includes('are') && you && (question || brief) && led !== null) return start
  if (scene.english && you && brief && texts.includes('do') && have.test(last)) return start
  // "drop your handle" aside, "I can only talk on WhatsApp": the writer can be met there alone.
  if (sure && scene.english && led !== null && i && brief && texts.includes('only')) return start
  // "по этому вопросу лучше в ватсап".
  const better = /^(?:лучше|проще|удобнее|быстрее|го|давай|давайте|только)$/.test(tokens[(led ?? 0) - 1]?.text ?? '')
  if (sure && led !== null && better && brief && closesHere(tokens, place, to)) return start
  // "got insta", "есть вотсап у вас", "вы в инсте сидите": so few words that it is asked even without a sign.
  if (
    scene.english &&
    last === 'got' &&
    (place - 1 === clause.from || texts.length === 1) &&
    clause.to - clause.from <= 8
  )
    return start
  if (sure && you && clause.to - clause.from <= 5 && near.some(({ text }) => russianHave.test(text))) return start
  if (
    /^(?:твой|твоя|ваш|ваша|твою|вашу|свой|свою)$/.test(last) &&
    (question || has(tokens, from, place, Is.getInTouch))
  )
    return start
  if (
    /^(?:your|ur)$/.test(last) &&
    texts.some((text) => /^(?:whats|what|send|give|share|drop|need|have|get|know|grab|want|ask|leave)$/.test(text))
  )
    return start
  if (last === 'my' && texts.some((text) => /^(?:ill|give|send|share|drop|heres|take|get|have)$/.test(text)))
    return start
  if (scene.english && sure && /^(?:me|us)$/.test(after[0]?.text ?? '') && texts.length <= 3) return start
  // "мой канал в телеграме", "a whatsapp call".
  if (sure && led !== null && ownPlace(tokens, from, led)) return start
  if (
    scene.english &&
    sure &&
    /^(?:call|chat|video)$/.test(after[0]?.text ?? '') &&
    texts.some((text) => /^(?:lets|we|do|quick|hop)$/.test(text))
  )
    return start
  const given =
    texts.filter((text) => !/^(?:мне|нам|лучше|тогда|плиз|пожалуйста|свой|твой|ваш)$/.test(text)).at(-1) ?? ''
  if (sure && led === null && givesPlace.test(given) && closesHere(tokens, place, to)) return start
  if (/^(?:тебя|вас)$/.test(last) && texts.some((text) => /^(?:какой|какая|что|есть|как)$/.test(text))) return start
  if (sure && i && led !== null && !others && isThere(before, tokens, place)) return start
  if (sure && prefers(scene, near, i || you, question)) return start
  return null
}

/** "дс есть?", "зум есть у вас?": a name with other meanings, of which nothing else could be asked. */
function isAskedFor(scene: Scene): boolean {
  const { tokens, from, to, place } = scene
  if (
    !isQuestion(scene) ||
    to - from > 5 ||
    !/^(?:дс|дис|фб|зум|имо|тимс|снап|твиттер|макс|max|vk|ig|wa|tg|снэп|снэпчат|тикток|tiktok|стим|одноклассники|сигнал|signal|fb|snap|zoom|telega)$/.test(
      tokens[place]?.text ?? '',
    )
  )
    return false
  return tokens.slice(from, to).some(({ text }) => have.test(text))
}

/** Whether a channel or page of the writer's own stands before the place. */
function ownPlace(tokens: readonly Token[], from: number, led: number): boolean {
  const [own, thing] = [tokens[led - 2], tokens[led - 1]]
  if (led - 2 < from || !own || !thing) return false
  const mine = /^(?:мой|моя|мою|моем|свой|свою|наш|наша|нашу|веду|my|our)$/
  return (
    mine.test(own.text) &&
    /^(?:канал|канале|группа|группу|группе|чат|блог|страница|страничка|паблик|channel|group|page|blog)$/.test(
      thing.text,
    )
  )
}

/** "whatsapp is easier for me", "I prefer telegram", "let's use telegram", "сюда редко захожу, лучше вк". */
function prefers({ tokens, from, to }: Scene, near: readonly Token[], personal: boolean, question: boolean): boolean {
  if (to - from > 9) return false
  const liked = near.some(({ text }) => preference.test(text))
  const used =
    near.some(({ text }) => /^(?:use|try|using)$/.test(text)) && near.some(({ text }) => /^(?:lets|we|you)$/.test(text))
  return (
    (liked && (personal || question || has(tokens, from, to, Is.modal)) && to - from <= 7) || (used && to - from <= 7)
  )
}

const preference =
  /^(?:prefer|easier|faster|quicker|ok|okay|work|works|fine|удобнее|удобней|быстрее|проще|редко|предпочитаю|обменяемся|пойдет|подойдет|устроит|удобен|удобно|ок)$/

const givesPlace =
  /^(?:обменяемся|обменяться|дай|дайте|скинь|скиньте|кинь|киньте|оставь|оставьте|подскажи|подскажите|скажи|скажите|пришли|пришлите|давай|давайте|give|drop|share)$/

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
function isThere(before: readonly Token[], tokens: readonly Token[], place: number): boolean {
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

const mostWords = 5

/** "в тг?", "го в дс", "телега?", "лучше вк", "whatsapp?": so few words that nothing else can be meant. */
export function alone(scene: Scene, led: number | null): number | null {
  const { tokens, place, lead, sure } = scene
  if (!sure) return null
  const clause = around(tokens, place, 'clause')
  const from = Math.max(scene.from, clause.from)
  let to = place + 1
  const end = Math.min(clause.to, scene.to, from + mostWords + 1)
  while (to < end && !/^(?:если|а|и|чтобы?|so|if|and)$/.test(tokens[to]?.text ?? '')) to++
  const first = tokens[from]
  if (to - from > mostWords) return null
  if (from > scene.from && has(tokens, scene.from, scene.to, Is.reported | Is.topic)) return null
  const question = isQuestion(scene)
  const rest = tokens.slice(from, to).filter((_, k) => from + k < lead || from + k > place)
  const words = rest.filter(({ type }) => type !== 'symbol')
  const small = words.every(
    ({ classes, text }) => classes & (Is.light | Is.modal | Is.move | Is.me | Is.you) || text === 'ok',
  )
  if (!small) return null
  const moves = words.some(({ classes }) => classes & (Is.move | Is.modal))
  // "тогда в телегу"
  const then = led !== null && words.length === 1 && /^(?:тогда|лучше|потом|может)$/.test(words[0]?.text ?? '')
  if (then && slang.test(tokens[place]?.text ?? '')) return from
  // "А Telegram?" goes on about what was spoken of.
  if (led !== null || first?.text !== 'а')
    return question || (moves && (led !== null || slang.test(tokens[place]?.text ?? ''))) ? from : null
  return null
}
