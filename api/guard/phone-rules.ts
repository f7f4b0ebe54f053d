import {
  type Candidate,
  decimals,
  isMonotone,
  isThousands,
  type Surroundings,
  surroundingsOf,
  uniform,
} from './phone-candidate.ts'
import type { Reading } from './reading.ts'
import type { RuleName } from './rule-set.ts'

/** Everything that is known of a candidate. */
interface Facts extends Candidate {
  reading: Reading
  said: Surroundings
  n: number
  /** The row goes on in the same manner: a part of a list. */
  embedded: boolean
  /** Its numbers are points of a numbered list. */
  listed: boolean
  /** Numbers of something else: data, an order, a page. */
  other: boolean
  /** Hyphens, points or brackets between the groups. */
  grouped: boolean
  fractions: number
  commas: number
  alternating: boolean
}

/** The groupings that everybody writes. */
const exactShapes = /^(?:1-3-3-2-2|1-3-3-4|4-3-2-2|4-3-4|1-3-7|4-7)$/
/** How Russian numbers are grouped when the operator's code is told apart. */
const russianShapes =
  /^(?:1-3-3-2-2|1-3-3-4|4-3-2-2|4-3-4|1-3-7|4-7|1-3-2-2-3|1-3-2-3-2|1-3-4-3|4-2-2-3|4-2-3-2|1-10|4-4-3|1-3-3-3-1|4-3-3-1|1-3-5-2|1-3-2-5|1-3-2-2-2-1|4-2-2-2-1|4(?:-1){7}|1-3(?:-1){7}|5-2-2-2|5-3-3|5-6|4-5-2|4-1-2-2-2|1-3-1-2-2-2)$/
/** Digit by digit, or in pairs. */
const evenShapes = /^(?:1(?:-1){10}|1(?:-2){5}|(?:2-){5}1)$/
const landlineShapes =
  /^(?:1-3-3-2-2|1-3-3-4|1-4-2-2-2|1-4-3-3|1-4-6|1-5-1-2-2|1-5-5|4-3-2-2|4-3-4|1-3-7|1-3-2-2-3|1-3-2-3-2|1-3-4-3)$/
const bareShapes = /^(?:3-3-2-2|3-3-4|3-7|3-2-2-3|3-2-3-2|3-4-3|6-2-2|6-4|3-3-3-1|3-5-2|3-2-5)$/
const britishShapes = /^(?:5-6|5-3-3|4-3-4|3-4-4|4-7|5-2-4|3-8|5-2-2-2|11)$/

/** Codes of the countries next door, that people write without "+". */
const neighbours =
  /^(?:375(?:2[459]|33|44|17)\d{7}|380[3-9]\d{8}|998\d{9}|996\d{9}|992\d{9}|994\d{9}|995\d{9}|374\d{8}|373\d{8})$/
const neighbourShapes = /^(?:3-|5-|1-1-1-|1[12]$)/

const isMobile = (digits: string): boolean => digits.length === 11 && /^[78](?:9|70|74|77)/.test(digits)

/** Whether something in the middle of a longer row can still be a number: only in the most telling groupings. */
export const mayBeCutOut = (digits: string, shape: string): boolean =>
  isMobile(digits) && /^(?:1-3-3-2-2|1-3-3-4|4-3-2-2)$/.test(shape)

/** Whether one that can be cut out can begin with these numbers; and of how many it is at most. */
export const mayBeginCutOut = (first: string, second: string): boolean =>
  /^[78]/.test(first) && (first.length === 4 || (first.length === 1 && second.length === 3))
export const longestCutOut = 5

/** Whether a row of numbers can be one at all: cheap, since most rows can't. */
export function mayBeNumber(digits: string, shape: string, parted: boolean): boolean {
  if (parted) return isMobile(digits) && russianShapes.test(shape)
  return digits.length >= 10 || cuedShapes.test(shape)
}

/** What is enough with "тел" beside it. */
const cuedShapes = /^(?:[7-9]|3-2-2|3-4|1-3-3|2-2-2|1-2-2|3-3|\d(?:-\d)+)$/

/** The rule by which a candidate is a phone number; null where it is none. */
export function ruleOf(reading: Reading, candidate: Candidate, embedded: boolean, listed: boolean): RuleName | null {
  const { digits, gaps, letters } = candidate
  if (digits.length - letters < 4) return null
  const said = surroundingsOf(reading, candidate)
  const facts: Facts = {
    ...candidate,
    reading,
    said,
    n: digits.length,
    embedded,
    listed,
    other: said.data || said.numbered,
    grouped: gaps.some((gap) => /[-()./]/.test(gap.text)),
    fractions: decimals(candidate),
    commas: gaps.filter(({ sign }) => sign === ',' || sign === ';').length,
    alternating: alternates(candidate),
  }
  return international(facts) ?? (isMobile(digits) ? mobile(facts) : elsewhere(facts))
}

/** "+375 29 …", "00 7 916 …". */
function international({
  said,
  n,
  shape,
  digits,
  far,
  op,
  embedded,
  fractions,
  letters,
  gaps,
  commas,
}: Facts): RuleName | null {
  if (far || embedded || n < 10 || n > 15) return null
  if (said.plus && (!isThousands(shape) || said.plusTouches)) return 'phone.international'
  if (isThousands(shape)) return null
  const zeros = /^00[1-9]/.test(digits) && /[2-9]/.test(digits) && !shape.startsWith('1-') && n >= 12
  const plainly =
    letters === 0 &&
    fractions === 0 &&
    !op &&
    commas === 0 &&
    gaps.every(({ kind }) => kind === 'tight' || kind === 'space')
  return zeros && plainly && !said.data ? 'phone.international' : null
}

/** Eleven digits that begin like a Russian or Kazakh mobile number. */
function mobile(facts: Facts): RuleName | null {
  const { shape, gaps, words, far, op, said, embedded, listed, fractions, commas } = facts
  if (words >= 5 && !embedded && !op) return 'phone.words'
  const canonical = russianShapes.test(shape)
  if ((isMonotone(facts) && !canonical) || isCutOutOfCode(facts)) return null
  if (far || op) {
    const spread = canonical && fractions === 0 && (gaps.length >= 3 || !far) && (uniform(facts) || !op)
    return spread && !said.unit && !said.equation ? name(facts, 'phone.spread') : null
  }
  if (
    (fractions > 1 && shape !== '1-3-3-2-2') ||
    said.unit ||
    (said.numbered && !canonical) ||
    (said.equation && !said.cue)
  )
    return null
  if (isThousands(shape) || facts.alternating) return said.cue && !said.data ? 'phone.cued' : null
  if (listed && !exactShapes.test(shape)) return null
  if (commas > 1 && commas === gaps.length && !said.cue) {
    const alone = evenShapes.test(shape) && !hasWords(facts.reading)
    return (shape === '1-3-3-2-2' || alone) && !said.data ? 'phone.russian' : null
  }
  if (embedded) return facts.other ? null : name(facts, 'phone.russian')
  // Two numbers that happen to make one are rare; five are a list.
  if (said.cue || canonical || gaps.length === 1) return name(facts, 'phone.russian')
  if (said.data) return null
  // In groups of its own only where a sign holds them together.
  const held = gaps.every(({ kind, text }) => kind === 'tight' && !/[\s,;]/.test(text.trim()) && text.trim() !== '')
  return evenShapes.test(shape) || words > 0 || held || gaps.some(({ kind }) => kind === 'filler')
    ? name(facts, 'phone.russian')
    : null
}

/** Every other kind of number. */
function elsewhere(facts: Facts): RuleName | null {
  const { digits, shape, words, n, said, other, grouped, commas } = facts
  if (facts.far || facts.op || facts.embedded || facts.listed || said.unit || facts.fractions > 1) return null
  if (words >= 5 && n >= 10 && n <= 12 && !(said.data && commas > 1) && !/^(?:0?1234567|9?876543|10987)/.test(digits))
    return 'phone.words'
  if (isMonotone(facts) || touchesLetters(facts) || (said.equation && !said.cue)) return null
  if (!other && !facts.alternating && commas < 2) {
    if (n === 11 && /^[78]/.test(digits) && landlineShapes.test(shape) && commas === 0)
      return name(facts, 'phone.russian')
    if (n === 10 && isBare(digits, shape, grouped)) return name(facts, 'phone.bare')
    if (neighbours.test(digits) && neighbourShapes.test(shape) && !isThousands(shape))
      return name(facts, 'phone.international')
    if (isEnglish(facts)) return words > 0 ? 'phone.words' : 'phone.english'
  }
  return said.cue && !other && isCued(facts) ? 'phone.cued' : null
}

function isBare(digits: string, shape: string, grouped: boolean): boolean {
  if (/^9/.test(digits) && bareShapes.test(shape)) return true
  if (/^[3489]/.test(digits) && grouped && /^(?:3-3-2-2|4-2-2-2|3-7)$/.test(shape)) return true
  return /^0[3-9]/.test(digits) && /^(?:3-3-2-2|3-3-4|3-7)$/.test(shape)
}

/** American and British numbers. */
function isEnglish({ digits, shape, n, words, grouped, said, reading }: Facts): boolean {
  if (n === 11 && /^0[1-9]/.test(digits) && britishShapes.test(shape)) return true
  const american = (n === 10 && shape === '3-3-4') || (n === 11 && digits.startsWith('1') && shape === '1-3-3-4')
  if (american) return grouped || said.cue || !hasRussian(reading)
  return n === 10 && words >= 3 && /^[2-9]/.test(digits) && /^(?:3|1-1-1|2-1|1-2)-(?:3|1-1-1|2-1|1-2)-/.test(shape)
}

/** With "тел" or "call me" beside it less is enough, but years, prices, ranges and versions are still none. */
function isCued({ digits, shape, atoms, words, gaps, grouped }: Facts): boolean {
  const n = digits.length
  if (n > 13 || isThousands(shape) || /^(\d)-\1$/.test(shape)) return false
  if (words > 0) return n >= 7
  if (gaps.length > 0 && gaps.every(({ text }) => text === '.') && !/^(?:3-2-2|3-4|3-3-2-2)$/.test(shape)) return false
  if (n >= 7) return atoms.length === 1 || grouped || n >= 9 || /^(?:3-2-2|3-4|1-3-3)$/.test(shape)
  return grouped && /^(?:2-2-2|1-2-2|3-3)$/.test(shape)
}

/** Spelled or spread numbers carry the name of the trick, so that the owner can tell them apart. */
function name({ words, letters, gaps }: Facts, rule: RuleName): RuleName {
  if (words > 2) return 'phone.words'
  if (letters > 0) return 'phone.letters'
  return gaps.some(({ kind }) => kind === 'filler' || kind === 'far' || kind === 'op') ? 'phone.spread' : rule
}

/** "12-15, 18-20": ranges in a list; "8/9 1/6": fractions. */
function alternates({ gaps, atoms }: Candidate): boolean {
  if (gaps.length < 3 || atoms.length % 2 === 1) return false
  const [a, b] = [gaps[0]?.sign, gaps[1]?.sign]
  return a !== b && gaps.every((gap, i) => gap.sign === (i % 2 === 0 ? a : b))
}

/** "841d-514d2167": Latin letters before, between or after. */
function touchesLetters({ reading, atoms, gaps, words }: Facts): boolean {
  if (words > 0) return false
  const { text } = reading.folded
  const [before, after] = [text.charAt((atoms[0]?.start ?? 0) - 1), text.charAt(atoms.at(-1)?.end ?? 0)]
  return (
    /[a-z_/]/.test(before) ||
    /[a-z_]/.test(after) ||
    gaps.some((gap) => gap.kind !== 'filler' && /[a-z]/.test(gap.text))
  )
}

/** "7929ba35-854d-…": hexadecimal digits, unless every gap is the same letter or every digit stands alone. */
function isCutOutOfCode(facts: Facts): boolean {
  const { reading, atoms, gaps, letters, shape } = facts
  const { text } = reading.folded
  const edges = [text.charAt((atoms[0]?.start ?? 0) - 1), text.charAt(atoms.at(-1)?.end ?? 0)]
  if (letters > 0 && edges.some((edge) => /[a-z]/.test(edge))) return true
  const latin = gaps.some(({ kind, text: gap }) => kind !== 'far' && /[a-f]/.test(gap) && !/[g-zа-я]/.test(gap))
  return latin && !uniform(facts) && !evenShapes.test(shape)
}

/** Whether anything is said besides numbers. */
const hasWords = ({ tokens }: Reading): boolean => tokens.some(({ type }) => type === 'word')

const hasRussian = ({ tokens }: Reading): boolean =>
  tokens.some(({ type, text }) => type === 'word' && /[а-я]/.test(text))
