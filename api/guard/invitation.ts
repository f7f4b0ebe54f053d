import { findDeals } from './deal-evidence.ts'
import { Cue, cuesIn } from './evidence.ts'
import { findSameNames } from './handle-same.ts'
import { hintFor } from './hints.ts'
import { alone, asked } from './invitation-asking.ts'
import { findHiddenContacts } from './invitation-hidden.ts'
import { verbAfter, verbBefore } from './invitation-verbs.ts'
import { isLessonWord, type Scene, sceneAt } from './messenger-scene.ts'
import { findOffPlatform } from './off-platform.ts'
import { around, has, isQuoted, type Match, maxMatches, negated, type Reading } from './reading.ts'
import { Is } from './word-classes.ts'

/** Invitations to go on elsewhere, in set phrases: in a messenger, by phone, past the marketplace. */
export function findInvitations(reading: Reading): Match[] {
  return [
    ...(reading.classes & places ? findPlaces(reading) : []),
    ...(isDialogue(reading) ? [] : findOffPlatform(reading)),
    ...findDeals(reading),
    ...findHiddenContacts(reading),
    ...findSameNames(reading),
  ]
}

/** A lesson's dialogue: what its people exchange is theirs. */
export const isDialogue = ({ tokens, hints }: Reading): boolean =>
  (hints & ofDialogue) !== 0 && tokens.some(({ text }) => dialogue.has(text))

const dialogue = new Set(['диалог', 'диалога', 'диалоге', 'диалоги', 'dialogue', 'dialog'])
const ofDialogue = hintFor(dialogue)

const places = Is.messenger | Is.maybeMessenger | Is.elsewhere

function findPlaces(reading: Reading): Match[] {
  const { tokens } = reading
  const matches: Match[] = []
  const lessons = tokens.some(({ text }) => isLessonWord(text))
  for (let i = 0; i < tokens.length && matches.length < maxMatches; i++) {
    const token = tokens[i]
    if (!token || !(token.classes & places)) continue
    // "тг тг тг": the first of a row says it all.
    if (i > 0 && tokens[i - 1]?.text === token.text) continue
    const scene = sceneAt(tokens, i, lessons)
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

/** The token where an invitation to the scene's place begins; null where there is none. */
function invitationAt(scene: Scene): number | null {
  const { tokens, place, lead } = scene
  const next = tokens[place + 1]
  const clause = around(tokens, place, 'clause')
  // "телеграм-бот", "VK API", "Telegram Desktop".
  if (next && (next.classes & Is.code || (next.text === '-' && !next.spaceBefore && !tokens[place + 2]?.spaceBefore)))
    return null
  if (isQuoted(tokens, place) || scene.lesson) return null
  if (negated(tokens, clause.from, clause.to) || has(tokens, clause.from, place, Is.reported)) return null
  if (has(tokens, place, clause.to, Is.reported) && !scene.personal) return null
  const cues = cuesIn(tokens, scene.from, scene.to)
  // "мы с одногруппниками созвонимся в дискорде".
  if (cuesIn(tokens, clause.from, place) & Cue.others && !(cues & (Cue.you | Cue.yours | Cue.reach))) return null
  if (cues & Cue.busy && !(cues & (Cue.reach | Cue.together))) return null
  const led = lead < place && (tokens[lead]?.classes ?? 0) & Is.preposition ? lead : null
  return verbBefore(scene, led) ?? verbAfter(scene, led, clause) ?? asked(scene, led) ?? alone(scene, led)
}
