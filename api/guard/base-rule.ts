import type { Finding } from './finding.ts'

/**
 * The floor that no configuration lowers: the marketplace's own rule since before Oko, by which any "@", "+7", web address
 * or run of nine digits is a contact; a "+7" with characters between that nobody sees is one, too.
 */
const contact = /@|\+\p{Cf}{0,9}7|https?:\/\/|\d{9,}/iu
const contacts = new RegExp(contact, 'giu')

/** Everything in the text that the base rule refuses, in order. */
export const findByBaseRule = (text: string): Finding[] =>
  contact.test(text)
    ? [...text.matchAll(contacts)].map((match) => ({
        kind: 'BASE_RULE',
        start: match.index,
        end: match.index + match[0].length,
        rule: 'base',
      }))
    : []
