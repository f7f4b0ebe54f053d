import { findPhoneNumbersInText } from 'libphonenumber-js'
import { LinkifyIt } from 'linkify-it'
import tlds from 'tlds' with { type: 'json' }
import { findContacts, isRefused } from '../../../api/guard/guard.ts'
import type { Sample } from '../corpus/corpus.ts'

/** Whether a sample would be refused. */
export type Judge = (sample: Sample) => boolean

const linkify = new LinkifyIt().set({ fuzzyLink: true, fuzzyEmail: true, fuzzyIP: true }).tlds(tlds)

/** The guard beside what one gets for nothing: the expression of the original design, and two libraries as they come. */
export const judges: Readonly<Record<string, Judge>> = {
  guard: ({ text, recentTexts = [] }) => isRefused(findContacts(text, { recentTexts })),
  'base rule': ({ text }) => /(?:@|\+7|https?:\/\/|\d{9,})/.test(text),
  libraries: ({ text }) => linkify.test(text) || findPhoneNumbersInText(text, 'RU').length > 0,
}
