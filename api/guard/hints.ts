import { remembered } from './remembered.ts'

/*
 * What words let the rules expect. Most rules begin at a few words of theirs and have nothing to do in most texts: each says here
 * once, when its module loads, which words those are, and sees of a text or a token by one bit whether it need look at all. A hint is
 * necessary, never enough: what has it is still looked at closely.
 */
let asked = false
const tests: ((word: string) => boolean)[] = []

/**
 * A bit for words (signs too, as they stand in folded text) of which a rule may make something; at most 31 in all.
 *
 * @throws Error where no bit is left, or where words were read already, which don't know it
 */
export function hintFor(mayBe: RegExp | ReadonlySet<string> | ((word: string) => boolean)): number {
  if (tests.length === 31 || asked) throw new Error(asked ? 'words were read before this hint' : 'no bit is left')
  tests.push(
    typeof mayBe === 'function' ? mayBe : mayBe instanceof RegExp ? (word) => mayBe.test(word) : mayBe.has.bind(mayBe),
  )
  return 1 << (tests.length - 1)
}

/** All hints that a word gives. */
export const hintsOf = remembered((word): number => {
  asked = true
  let hints = 0
  for (let i = 0; i < tests.length; i++) if (tests[i]?.(word)) hints |= 1 << i
  return hints
}, 20_000)
