import { commonWords } from './common-words.ts'
import { handleAt, isFileName } from './handle-name.ts'
import { around, has, type Match, maxMatches, negated, type Reading } from './reading.ts'
import { Is } from './word-classes.ts'

/** How long an account number of a country is (ISO 13616 registry): the neighbours' and those that people here are paid from. */
const lengths = new Map(
  `ad24 ae23 al28 at20 az28 ba20 be16 bg22 by28 ch21 cy28 cz24 de22 dk18 ee20 es24 fi18 fr27 gb22 ge22 gr27 hr21 hu28 ie22 il23 it27 kz20 lt20 lu20 lv21
  md24 me22 mk19 nl18 no15 pl28 pt25 ro24 rs22 se24 si19 sk24 tr26 ua29`
    .split(/\s+/)
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
)
const beginsIban = /(?<![\p{L}\d])[a-z]{2}\d\d[ -]?[a-z\d]/gu
/** Wallets of Bitcoin, Ethereum, Tron and TON; case is folded, which is enough to tell them from words. */
const wallets =
  /(?<![\p{L}\d])(?:bc1[a-z\d]{20,62}|0x[a-f\d]{40}|t(?=[a-z]*\d)[1-9a-z]{33}|[13](?=[a-z]*\d)[1-9a-z]{25,33}|[ue]q[a-z\d_-]{46})(?![\p{L}\d])/gu

const shortestWallet = 26

/** Accounts that money goes to past the marketplace: bank accounts with their check digits, wallets, names at payment services. */
export function findAccounts(reading: Reading): Match[] {
  return [
    ...findIbans(reading),
    ...findRussianAccounts(reading),
    ...findWallets(reading),
    ...findLetteredPurses(reading),
    ...findPayees(reading),
  ].slice(0, maxMatches)
}

function findIbans({ folded: { text } }: Reading): Match[] {
  const matches: Match[] = []
  if (!/[a-z]\d\d/.test(text)) return matches
  for (const { index } of text.matchAll(beginsIban)) {
    const end = ibanEnd(text, index)
    if (end > 0) matches.push(accountOf(index, end))
    if (matches.length === maxMatches) break
  }
  return matches
}

const longestIban = 48

/** After the account number that begins at `from`; 0 where its length or its check digits (ISO 7064, mod 97-10) are wrong. */
function ibanEnd(text: string, from: number): number {
  const length = lengths.get(text.slice(from, from + 2)) ?? 0
  let iban = ''
  let at = from
  for (; iban.length < length && at - from < longestIban; at++) {
    const char = text.charAt(at)
    if (/[a-z\d]/.test(char)) iban += char
    else if (!/[ -]/.test(char)) return 0
  }
  if (length === 0 || iban.length < length || /[a-z\d]/.test(text.charAt(at))) return 0
  let rest = 0
  for (const char of iban.slice(4) + iban.slice(0, 4)) rest = Number(`${rest}${Number.parseInt(char, 36)}`) % 97
  return rest === 1 ? at : 0
}

/** Twenty digits of a person's or a firm's account (Bank of Russia, 809-P), in groups. */
const russianAccount = /^(?:40[578]\d\d|423\d\d)(?:810|840|978)\d{12}$/

function findRussianAccounts({ atoms, gaps }: Reading): Match[] {
  const matches: Match[] = []
  for (let i = 0; i < atoms.length && matches.length < maxMatches; i++) {
    if (!/^4[02]/.test(atoms[i]?.digits ?? '')) continue
    let digits = ''
    for (let last = i; last < atoms.length && digits.length < 20; last++) {
      digits += atoms[last]?.digits ?? ''
      if (russianAccount.test(digits)) matches.push(accountOf(atoms[i]?.start ?? 0, atoms[last]?.end ?? 0))
      if (gaps[last]?.kind !== 'space' && gaps[last]?.kind !== 'tight') break
    }
  }
  return matches
}

function findWallets({ folded: { text }, classes, longestStretch }: Reading): Match[] {
  if (longestStretch < shortestWallet || !/[a-z\d_-]{26}/.test(text)) return []
  if (classes & Is.code && !(classes & (Is.pay | Is.bank))) return []
  return [...text.matchAll(wallets)].map(({ 0: wallet, index }) => accountOf(index, index + wallet.length))
}

const findLetteredPurses = ({ folded: { text }, atoms }: Reading): Match[] =>
  atoms.length > 0 && webMoney.test(text)
    ? [...text.matchAll(letteredPurse)].map(({ 0: number, index }) => accountOf(index, index + number.length))
    : []

const service =
  /^(?:paypal|п[еэ]йпал|payoneer|венмо|venmo|cashapp|zelle|revolut|револьют|револьют|wise|вайз|юмани|yoomoney|юмопеу|payme|monobank)$/
const glue =
  /^(?:[:=(«"@$/–—-]|is|me|мой|это|tag|my|the|to|at|id|логин|ник|аккаунт|account|username|кошелек|номер|по|на)$/
const purse = /^41001\d{6,11}$/
/** Of WebMoney: a letter for its currency and twelve digits. */
const letteredPurse = /(?<![\p{L}\d])[zrewux] ?\d{4}[ -]?\d{4}[ -]?\d{4}(?![\p{L}\d])/gu
const webMoney = /webmoney|вебмани|wm[zrew](?![a-z])/

/** "paypal: anna.math", "cashapp $anna", "юмани 4100 1123 4567 890". */
function findPayees(reading: Reading): Match[] {
  const { tokens, classes } = reading
  const matches: Match[] = []
  if (!(classes & (Is.bank | Is.code | Is.topic))) return matches
  for (let i = 0; i < tokens.length && matches.length < maxMatches; i++) {
    const token = tokens[i]
    if (!token || !(service.test(token.text) || (token.text === 'app' && tokens[i - 1]?.text === 'cash'))) continue
    let at = i + 1
    while (at < tokens.length && at - i < 5 && glue.test(tokens[at]?.text ?? '')) at++
    const to = purseEnd(reading, at) || payeeEnd(reading, i, at)
    if (to > 0) matches.push(accountOf(token.start, tokens[to - 1]?.end ?? token.end))
  }
  return matches
}

/** After the digits of a wallet's number that begin at token `at`; 0 where they are none. */
function purseEnd({ tokens }: Reading, at: number): number {
  let digits = ''
  let to = at
  while (to < tokens.length && to - at < 9 && (tokens[to]?.type === 'number' || /^[ -]$/.test(tokens[to]?.text ?? '')))
    digits += (tokens[to++]?.text ?? '').replace('-', '')
  return purse.test(digits) ? to : 0
}

/** After the name at a payment service that begins at token `at`; 0 where it is a word of a sentence about the service. */
function payeeEnd(reading: Reading, i: number, at: number): number {
  const { tokens } = reading
  const handle = handleAt(reading, at)
  if (!handle || isFileName(handle.text)) return 0
  const { from, to } = around(tokens, i, 'sentence')
  const other = Is.code | Is.topic | Is.reported
  if (has(tokens, from, i, other) || has(tokens, i + 1, to, other) || negated(tokens, from, to)) return 0
  const announced = tokens.slice(i + 1, at).some(({ text }) => /^[:=$@/—-]$/.test(text))
  const mine = has(tokens, Math.max(from, i - 2), i, Is.me)
  const last = at + (handle.to - handle.from) >= to
  const sure = handle.strength === 'strong' || (!commonWords.has(handle.text) && (announced || mine || last))
  const known = handle.strength === 'plain' && ((tokens[at]?.classes ?? 0) & ~(Is.data | Is.filler)) !== 0
  return sure && !known ? handle.to : 0
}

const accountOf = (from: number, to: number): Match => ({ kind: 'CARD', rule: 'card.account', from, to })
