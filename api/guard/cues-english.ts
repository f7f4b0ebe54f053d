import type { CueName } from './evidence.ts'

/** English words by what they say about where a sentence is going, in the notation of words-russian.ts; apostrophes are left out. */
export const englishCues: Readonly<Partial<Record<CueName, string>>> = {
  together: 'lets',
  promise: 'found reachable ill chatting',
  able: 'easier faster quicker better prefer rather',
  me: 'me us my mine mines im',
  you: 'you u',
  having: 'have use got using',
  named: 'nick nickname username handle tag id',
  there: 'there',
  yours: 'your ur',
  others: 'group groupmate* classmate* teacher* professor* prof he she they students people users',
  past: 'posted sent said wrote told shared',
  call: 'call ring',
  aside: 'directly outside cheaper offline commission cash',
  site: 'site platform fee fees website',
  pay: 'pay send transfer wire paying payment',
  purse: 'payme click humo uzcard mbank kaspi usdt paypal venmo zelle cashapp revolut card wise wallet iban crypto',
  secret: 'mod mods moderator* banned flagged',
  ban: 'banned rules policy against',
  form: 'field column table regex form resume cv database validate validation',
}

/** Verbs that ask the reader to get in touch where "me" or "us" follows: "text me", but "the text". */
export const verbsToMe =
  'text message msg dm pm ping add find contact call reach hit follow write send drop shoot give tell ring buzz email mail whatsapp catch'
/** "can we", "we could": a proposal to both. */
export const modalsOfWe = 'can could shall should may might why'
