import { Cue, cuesIn } from './evidence.ts'
import { isLesson } from './handle-bot.ts'
import { isFileName } from './handle-name.ts'
import { hintFor } from './hints.ts'
import type { Match, Reading } from './reading.ts'
import { Is } from './word-classes.ts'

/** A way in which names are written that says by itself, or with little beside it, that it is one. */
interface Form {
  rule: 'handle.messenger' | 'handle.at-sign' | 'handle.spelled'
  written: RegExp
  /** What else has to be said: nothing, something that leads to a person, or that in a short message. */
  needs: 'nothing' | 'person' | 'person or shortness'
}

const name = '[a-z][a-z\\d_.-]{3,30}'
const forms: readonly Form[] = [
  // "live:.cid.4a1c9f02be77d310": names in Skype.
  {
    rule: 'handle.messenger',
    written: /(?<![\p{L}\d])live:\.?(?=[a-z\d._]*[\d._])[a-z\d][a-z\d._-]{4,40}/gu,
    needs: 'nothing',
  },
  // "FrostedPython#0192": names in Discord.
  {
    rule: 'handle.messenger',
    written: /(?<![\p{L}\d_&#])[a-z][a-z\d_.]{2,30}#\d{4}(?![\p{L}\d])/gu,
    needs: 'person or shortness',
  },
  // "u/probnik_ege": names on Reddit.
  {
    rule: 'handle.messenger',
    written: /(?<![\p{L}\d/])\/?u\/[a-z\d_-]{4,20}(?![\p{L}\d/.])/gu,
    needs: 'person or shortness',
  },
  // "kursovik_dima_bot"
  {
    rule: 'handle.messenger',
    written: /(?<![\p{L}\d_/.])[a-z][a-z\d]*_(?:[a-z\d]+_)*bot(?![\p{L}\d_.(=])/gu,
    needs: 'person or shortness',
  },
  // "at-sign devon_codes", "(собачка) masha.tutor"
  { rule: 'handle.at-sign', written: new RegExp(`(?<![\\p{L}\\d])at[- ]?sign[:,]? ${name}`, 'gu'), needs: 'nothing' },
  {
    rule: 'handle.at-sign',
    written: new RegExp(`[(\\[](?:собак[аи]|собачк[аи]|at|dog)[)\\]] ?${name}`, 'gu'),
    needs: 'nothing',
  },
  // "lera (тире внизу) lingvist", "нижний пробел между slava и pro"
  {
    rule: 'handle.spelled',
    written:
      /(?<![\p{L}\d])[a-z\d]{2,20}[ ,]{0,2}\(?(?:тире внизу|нижн(?:ее тире|ий пробел|яя черт[а-я]*)|черт(?:а|очка) внизу|подчерк)\)?[ ,]{0,2}[a-z\d]{2,20}|(?:тире внизу|нижн(?:ее тире|ий пробел|яя черт[а-я]*)|подчерк[а-я]*) между [a-z\d]{2,20} (?:и|and) [a-z\d]{2,20}/gu,
    needs: 'nothing',
  },
  // "steam friend code 84120377", "код друга в стиме 84 15 22 906"
  {
    rule: 'handle.messenger',
    written: /(?:friend code|код дружбы|код друга)[^\d\n]{0,20}\d(?:[ -]?\d){6,15}/gu,
    needs: 'nothing',
  },
  // "идентификатор конференции 853 1127 0946"
  {
    rule: 'handle.messenger',
    written:
      /(?:идентификатор|id|айди|код|номер) (?:конференции|встречи|собрания)[^\d\n]{0,6}\d{3}[ -]?\d{3,4}[ -]?\d{3,4}(?!\d)|meeting id[^\d\n]{0,6}\d{3}[ -]?\d{3,4}[ -]?\d{3,4}(?!\d)/gu,
    needs: 'nothing',
  },
  // "Google Meet room: kdw-uyqs-fbe", "код в джазе h4k-2p9"
  {
    rule: 'handle.messenger',
    written:
      /(?:meet|мит[еа]?|мите|комнат[аеуы]|room|встреч[аеиу]|созвон[а-я]*)[^\n]{0,24}(?<![a-z-])[a-z]{3}-[a-z]{4}-[a-z]{3}(?![a-z-])|(?:jazz|джаз[а-я]{0,2}|телемост[а-я]{0,2}|telemost)[^\n]{0,30}(?:код|code|id|айди|комнат[а-я]|room)[^\n\d]{0,12}(?=[a-z-]*\d)[a-z\d@-]{5,14}/gu,
    needs: 'nothing',
  },
  // "ок ру номер страницы 564110827331"
  {
    rule: 'handle.messenger',
    written:
      /(?<![\p{L}\d])(?:ок|вк|одноклассник[а-я]{0,2}|ok|vk)(?: ру)?[^\d\n]{0,20}(?:страниц[а-я]|профил[а-я]|id|айди)[^\d\n]{0,6}\d(?: ?\d){8,12}(?!\d)/gu,
    needs: 'nothing',
  },
]
const mayBe =
  /live:|#\d{4}|u\/[a-z]|_bot|at[- ]?sign|[([](?:соба|at|dog)|внизу|нижн|подчерк|черточка|friend code|код др|конференц|встреч|собран|meeting id|страниц|профил|ок ру|meet|мит|room|комнат|созвон|jazz|джаз|телемост|telemost/
/** The words and signs that those have in them. */
const mayBegin = hintFor(
  /^(?:live|[ou]|sign|соба|dog|code|id|ру|код|friend|meeting)|sign$|live$|u$|bot$|[#_[(]|внизу|нижн|подчерк|черточка|конференц|встреч|собран|страниц|профил|ок$|meet|мит|room|комнат|созвон|jazz|джаз|телемост|telemost/,
)
const longestShort = 9

const asIn =
  /(?<![\p{L}\d])(?:[a-z] (?:as in|like in|for|like) [a-z]{3,}(?:-[a-z]+)?[,;. ]{1,3}(?:and |then )?){2,}|(?<![\p{L}\d])(?:[a-zа-я] (?:как в|как|типа) [а-я]{3,}[,;. ]{1,3}(?:и |потом )?){3,}/gu
const networks = Is.messenger | Is.maybeMessenger | Is.mailCue | Is.mailProvider | Is.nick

/** "On Telegram: J as in Juliet, A as in Alpha": a name told letter by letter. */
export const findPhonetic = ({ classes, folded: { text } }: Reading): Match[] =>
  !(classes & networks) || classes & Is.data
    ? []
    : [...text.matchAll(asIn)].map(({ 0: said, index }) => ({
        kind: 'HANDLE',
        rule: 'handle.spelled',
        from: index,
        to: index + said.trimEnd().length,
      }))

/** Names in the forms that networks give them, and ones whose signs are told in words of their own. */
export function findWrittenNames({ tokens, classes, hints, folded: { text } }: Reading): Match[] {
  if (!(hints & mayBegin) || !mayBe.test(text)) return []
  const work = (classes & (Is.data | Is.topic)) !== 0 || isLesson(tokens, 0, tokens.length)
  const person = (cuesIn(tokens, 0, tokens.length) & (Cue.reach | Cue.me | Cue.there | Cue.together)) !== 0
  return forms.flatMap(({ rule, written, needs }) => {
    if (
      needs !== 'nothing' &&
      (work || !(person || (needs === 'person or shortness' && tokens.length <= longestShort)))
    )
      return []
    return [...text.matchAll(written)].flatMap(({ 0: said, index }): Match[] =>
      isFileName(said) ? [] : [{ kind: 'HANDLE', rule, from: index, to: index + said.length }],
    )
  })
}
