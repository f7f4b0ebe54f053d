import { around, has } from './reading.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

/** What the words around a messenger's name say. */
export interface Scene {
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
  /** Words of a language lesson stand in the sentence: what is said there is said to nobody. */
  lesson: boolean
}

const determiner =
  /^(?:мой|мою|моем|мне|твой|твою|ваш|вашу|вашем|свой|свою|любой|любом|другой|другом|другую|какой-нибудь|какой|какую|личку|личке|лс|личные|the|my|your|another|other|a|any|some|мессенджер|мессенджере|приложении|сообщения|чат|чате|группу|official|on|или|и|or|and)$/

/** Names with other meanings that have none where one is "in" them. */
const onlyNetwork = /^(?:максе?|max|мах|дс|фб|контакте|одноклассниках|имо)$/

/** Looks around the messenger at token `place`. */
export function sceneAt(tokens: readonly Token[], place: number, lessons: boolean): Scene {
  const { from, to } = around(tokens, place, 'sentence')
  let lead = place
  while (lead > from && place - lead < 3) {
    const token = tokens[lead - 1]
    if (!token || !(determiner.test(token.text) || token.classes & (Is.messenger | Is.elsewhere))) break
    lead--
  }
  if (tokens[lead - 1] && lead > from && (tokens[lead - 1]?.classes ?? 0) & Is.preposition) lead--
  const classes = tokens[place]?.classes ?? 0
  const led = /^(?:в|во)$/.test(tokens[place - 1]?.text ?? '')
  return {
    tokens,
    from,
    to,
    place,
    lead,
    sure: (classes & (Is.messenger | Is.elsewhere)) !== 0 || (led && onlyNetwork.test(tokens[place]?.text ?? '')),
    personal: has(tokens, from, to, Is.me | Is.you),
    topical:
      has(tokens, from, place, Is.topic | Is.code) ||
      has(tokens, place + 1, Math.min(around(tokens, place, 'clause').to, place + 6), Is.topic | Is.code),
    lesson: lessons && tokens.slice(from, to).some(({ text }) => isLessonWord(text)),
    english: /^[a-z]/.test(tokens[place]?.text ?? ''),
  }
}

/** Names that nobody uses in a thesis. */
export const slang =
  /^(?:тг|тгшк.|телег[уеаи]|тлг|тгшечк.|вотсап.*|вотсик|вац.*|ватс.*|вк|дискорд|вайбер|вкшк.|инст[уеа]|тэгэ|telegu|telega|tg|snap|insta|ig|fb|лс|личку|личке)$/

/** Whether the sentence asks. */
export const isQuestion = ({ tokens, place, to }: Scene): boolean =>
  tokens.slice(place, to + 1).some(({ text }) => text === '?')

/** Words of a language lesson: what is said there is said to nobody. */
const exercise =
  /^(?:диалог.*|наклонени[а-я]+|падеж[а-я]*|синтаксич[а-я]+|побудительн[а-я]+|фраз[аыу]|предложени[еяй]|перевести|перевод.*|переведите|translate|translation|phrase|sentence|sentences|informal|formal|dialogue)$/

/** Whether a word belongs to a lesson on a language. */
export const isLessonWord = (word: string): boolean => exercise.test(word)
