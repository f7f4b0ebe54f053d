import { type Candidate, decimals, isMonotone, isThousands, surroundingsOf, uniform } from './phone-candidate.ts'
import {
  alternates,
  cutsRows,
  evenShapes,
  exactShapes,
  type Facts,
  isAnswerKey,
  isCutOutOfCode,
  isSize,
  isSum,
  isTabular,
  touchesLetters,
} from './phone-doubts.ts'
import { isBare, isCued, isDictated, isEnglish, spokenTogether } from './phone-elsewhere.ts'
import type { Reading } from './reading.ts'
import type { RuleName } from './rule-set.ts'
import { Is } from './word-classes.ts'

/** How Russian numbers are grouped when the operator's code is told apart. */
const russianShapes =
  /^(?:1-3-3-2-2|1-3-3-4|4-3-2-2|4-3-4|1-3-7|4-7|1-3-2-2-3|1-3-2-3-2|1-3-4-3|4-2-2-3|4-2-3-2|1-10|4-4-3|1-3-3-3-1|4-3-3-1|1-3-5-2|1-3-2-5|1-3-2-2-2-1|4-2-2-2-1|4(?:-1){7}|1-3(?:-1){7}|5-2-2-2|5-3-3|5-6|4-5-2|4-1-2-2-2|1-3-1-2-2-2)$/
const landlineShapes =
  /^(?:1-3-3-2-2|1-3-3-4|1-4-2-2-2|1-4-3-3|1-4-6|1-5-1-2-2|1-5-5|4-3-2-2|4-3-4|1-3-7|1-3-2-2-3|1-3-2-3-2|1-3-4-3)$/

/** Codes of the countries next door, that people write without "+". */
const neighbours =
  /^(?:375(?:2[459]|33|44|17)\d{7}|380[3-9]\d{8}|998\d{9}|996\d{9}|992\d{9}|994\d{9}|995\d{9}|374\d{8}|373\d{8})$/
const belarusian = /^80(?:25|29|33|44|17)\d{7}$/
const neighbourShapes = /^(?:3-|5-|2-3-|1-1-1-|1[12]$)/

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
  return digits.length >= 9 || cuedShapes.test(shape)
}

/** What is enough with "тел" beside it. */
const cuedShapes = /^(?:[7-9]|3-2-2|3-4|1-3-3|2-2-2|1-2-2|3-3|\d(?:-\d)+)$/

/** The rule by which a candidate is a phone number; null where it is none. */
export function ruleOf(reading: Reading, candidate: Candidate, embedded: boolean, listed: boolean): RuleName | null {
  const { digits, gaps, letters } = candidate
  if (digits.length - letters < 4) return null
  if (isMerged(candidate)) return 'phone.words'
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
  if (/^[01]+$/.test(digits) || isSum(facts) || (!said.cue && cutsRows(facts))) return null
  const rule = international(facts) ?? (isMobile(digits) ? mobile(facts) : elsewhere(facts))
  const plain =
    exactShapes.test(candidate.shape) && /^[78]9/.test(digits) && !gaps.some(({ text }) => text.includes('\n'))
  return rule && !plain && !said.cue && isTabular(facts) ? null : rule
}

/** "двести шестьдесят четыре" for 200 and 64: two digits less than were meant. */
const isMerged = ({ digits, words, far, op, atoms }: Candidate): boolean =>
  digits.length === 9 && words >= 6 && !far && !op && /^[78]9/.test(digits) && atoms[0]?.digits.length === 1

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
  reading,
  atoms,
}: Facts): RuleName | null {
  if (far || embedded || n < 10 || n > 15) return null
  if (said.plus && (!isThousands(shape) || said.plusTouches)) return 'phone.international'
  if (isThousands(shape)) return null
  const time = /^[:.,]$/.test(reading.folded.text.charAt((atoms[0]?.start ?? 0) - 1))
  const zeros = !time && /^00[1-9]/.test(digits) && /[2-9]/.test(digits) && !shape.startsWith('1-') && n >= 12
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
  const hyphens = gaps.length > 1 && gaps.every(({ text }) => text === '-')
  if ((isMonotone(facts) && !canonical && !hyphens) || isCutOutOfCode(facts) || isAnswerKey(facts)) return null
  if (far || op) {
    const spread =
      (op && !said.cue ? exactShapes.test(shape) || (evenShapes.test(shape) && uniform(facts)) : canonical) &&
      fractions === 0 &&
      (gaps.length >= 3 || !far) &&
      (uniform(facts) || !op || said.cue)
    return spread && !said.unit && !said.equation ? name(facts, 'phone.spread') : null
  }
  if (
    (fractions > 1 && (!exactShapes.test(shape) || commas > 0) && shape !== '1-3-3-2-2') ||
    said.unit ||
    (said.numbered && !canonical) ||
    (said.equation && !said.cue)
  )
    return null
  if ((isThousands(shape) && !hyphens) || (facts.alternating && (!exactShapes.test(shape) || commas > 0)))
    return said.cue && !said.data ? 'phone.cued' : null
  if (listed && !exactShapes.test(shape)) return null
  if (commas > 1 && commas === gaps.length && !said.cue) {
    if (facts.reading.tokens[(facts.atoms[0]?.from ?? 0) - 1]?.text === '=') return null
    const alone = evenShapes.test(shape) && !hasWords(facts.reading)
    return !embedded && (shape === '1-3-3-2-2' || alone || (words > 0 && canonical)) && !said.data
      ? 'phone.russian'
      : null
  }
  if (embedded)
    return facts.other || commas > 0 || facts.reading.classes & Is.data ? null : name(facts, 'phone.russian')
  // Two numbers that happen to make one are rare; five are a list.
  if (said.cue || canonical || gaps.length === 1) return name(facts, 'phone.russian')
  if (said.data) return null
  // In groups of its own only where a sign holds them together.
  const held =
    uniform(facts) &&
    gaps.every(({ kind, sign }) => kind === 'tight' && !/[\s,;]/.test(sign) && (sign !== '.' || gaps.length > 2))
  const alone = !said.numbered && fractions === 0 && commas === 0 && standsAlone(facts)
  return evenShapes.test(shape) || words > 0 || held || alone || gaps.some(({ kind }) => kind === 'filler')
    ? name(facts, 'phone.russian')
    : null
}

/** Whether a message holds hardly any other numbers: eleven digits of a row that begins like an operator's aren't its data. */
const standsAlone = ({ reading, atoms, gaps }: Facts): boolean =>
  reading.atoms.length - atoms.length <= 2 && gaps.every(({ kind }) => kind === 'space' || kind === 'tight')

/** Every other kind of number. */
function elsewhere(facts: Facts): RuleName | null {
  const { digits, shape, words, n, said, other, grouped, commas } = facts
  if (facts.far || facts.op || facts.embedded || facts.listed || said.unit || facts.fractions > 1) return null
  const counted = (said.data && commas > 1) || /^(?:0?1234567|9?876543|10987)/.test(digits)
  if (words >= 5 && n >= 10 && n <= 12 && !counted && (said.cue || isDictated(facts))) return 'phone.words'
  if (!other && isMixed(facts) && (neighbours.test(digits) || mixedWholes.test(digits))) return 'phone.words'
  if (!said.cue && isSize(facts)) return null
  if (isMonotone(facts) || touchesLetters(facts) || (said.equation && !said.cue)) return null
  if (!other && belarusian.test(digits) && facts.atoms.length <= 6 && commas === 0)
    return name(facts, 'phone.international')
  if (!other && !facts.alternating && commas < 2) {
    if (n === 11 && /^[78]/.test(digits) && landlineShapes.test(shape) && commas === 0)
      return name(facts, 'phone.russian')
    if (n === 10 && isBare(digits, spokenTogether(facts.atoms), grouped)) return name(facts, 'phone.bare')
    if (neighbours.test(digits) && neighbourShapes.test(shape) && !isThousands(shape))
      return name(facts, 'phone.international')
    if (isEnglish(facts)) return words > 0 ? 'phone.words' : 'phone.english'
  }
  return said.cue && !other && isCued(facts) ? 'phone.cued' : null
}

/** "38 zero 67 412 93 05", "05four-33one-28-sixty": words for some of the digits, which a list of data never has. */
const isMixed = ({ atoms, words, gaps }: Facts): boolean =>
  words > 0 &&
  atoms.length > 3 &&
  atoms.length < 12 &&
  gaps.every(({ kind, text }) => (kind === 'space' || kind === 'tight') && !/[,;:*]/.test(text)) &&
  atoms.filter((atom) => atom.words === 0).length > 2
const mixedWholes = /^(?:[78][348]\d{9}|0[1-9]\d{8,9}|44[1-9]\d{9}|49[1-9]\d{9,10}|972\d{9})$/

/** Spelled or spread numbers carry the name of the trick, so that the owner can tell them apart. */
function name({ words, letters, gaps }: Facts, rule: RuleName): RuleName {
  if (words > 2) return 'phone.words'
  if (letters > 0) return 'phone.letters'
  return gaps.some(({ kind }) => kind === 'filler' || kind === 'far' || kind === 'op') ? 'phone.spread' : rule
}

/** Whether anything is said besides numbers. */
const hasWords = ({ tokens }: Reading): boolean => tokens.some(({ type }) => type === 'word')
