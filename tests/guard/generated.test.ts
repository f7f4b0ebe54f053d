import { describe, expect, it } from 'vitest'
import { findContacts, isRefused } from '../../api/guard/guard.ts'
import { emailFamilies, linkFamilies } from './generated/addresses.ts'
import { toldEmailFamilies, toldLinkFamilies } from './generated/addresses-told.ts'
import { cardFamilies } from './generated/cards.ts'
import { handleFamilies } from './generated/handles.ts'
import { invitationFamilies } from './generated/invitations.ts'
import { ordinaryNumbers } from './generated/ordinary.ts'
import { ordinaryHomework } from './generated/ordinary-homework.ts'
import { ordinarySeries } from './generated/ordinary-series.ts'
import { phoneFamilies } from './generated/phones.ts'
import { toldPhoneFamilies } from './generated/phones-told.ts'
import { type Random, randomFrom } from './generated/random.ts'
import { splitFamilies } from './generated/splits.ts'

const seed = 20_261_125
const perFamily = 200

type Written = string | readonly string[]

/** Texts of a family on which the guard doesn't say what it should; of several messages the last one is judged. */
function failures(family: (random: Random) => Written, refused: boolean, count = perFamily): Written[] {
  const random = randomFrom(seed)
  return Array.from({ length: count }, () => family(random)).filter((written) => {
    const messages = typeof written === 'string' ? [written] : written
    const findings = findContacts(messages.at(-1) ?? '', { recentTexts: messages.slice(0, -1) })
    return isRefused(findings) !== refused
  })
}

/** Families that are told rather than written have names of their own. */
const prefixed = <T>(families: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(families).map(([name, family]) => [`told: ${name}`, family]))

const contacts: Readonly<Record<string, Readonly<Record<string, (random: Random) => Written>>>> = {
  phones: { ...phoneFamilies, ...prefixed(toldPhoneFamilies) },
  'e-mail': { ...emailFamilies, ...prefixed(toldEmailFamilies) },
  links: { ...linkFamilies, ...prefixed(toldLinkFamilies) },
  handles: handleFamilies,
  cards: cardFamilies,
  invitations: invitationFamilies,
  'split contacts': splitFamilies,
}

describe.each(Object.entries(contacts))('the guard on generated %s', (_kind, families) => {
  it.each(Object.entries(families))('catches 97 of 100 at least: %s', (_name, family) => {
    expect(failures(family, true).slice(perFamily * 0.03)).toEqual([])
  })
})

describe('the guard on generated homework', () => {
  it('refuses 2 of 1000 at most', () => {
    const all = Object.values({ ...ordinaryNumbers, ...ordinaryHomework, ...ordinarySeries })
    const refused = all.flatMap((family) => failures(family, false))
    expect(refused.slice(Math.floor(all.length * perFamily * 0.002))).toEqual([])
  })

  it('never adds up counters of short messages to a phone number', () => {
    for (const series of [ordinarySeries.counted, ordinarySeries.chats, ordinarySeries.answered]) {
      expect(series && failures(series, false, 500)).toEqual([])
    }
  })
})
