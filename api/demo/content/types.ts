import type { ContactKind } from '../../guard/finding.ts'

/** One line of a demo conversation. */
export interface DemoLine {
  /** externalId of the author, one of the order's people. */
  by: string
  /** What was said; passes the contact guard's base rule. */
  text: string
  /** Minutes since the previous line (the first: since the order was placed). */
  afterMin: number
}

/** One order of the demo host, with everything said in its chat. */
export interface DemoOrder {
  /** The host's reference, such as 'order-10482'; unique over both languages. */
  externalRef: string
  /** What the order is about, as the host names it; the chat's title. */
  title: string
  /** externalIds of those who take part, 2 or 3: client, expert, sometimes staff. */
  people: readonly string[]
  /** How long ago the last line was said, in minutes, so that demo data looks fresh at every first start. */
  endedMinAgo: number
  /** For which of the people how many last lines are unread; all others have read everything. */
  unread?: Readonly<Record<string, number>>
  /** Oldest first. */
  lines: readonly DemoLine[]
}

/** A user of the demo host. */
export interface DemoPerson {
  externalId: string
  /** Full name, as others see it. */
  name: string
  role: 'CLIENT' | 'EXPERT' | 'STAFF'
  locale: 'ru' | 'en'
}

/** A notification of the host's own, not caused by a message. */
export interface DemoHostNotification {
  /** externalId of its reader. */
  to: string
  title: string
  body: string
  /** Path inside the host's site. */
  url: string
  /** How long ago the host sent it, in minutes. */
  minAgo: number
  read: boolean
}

/** Texts that were refused on a day before the demo began. */
export interface DemoRefusals {
  daysAgo: number
  kind: ContactKind
  count: number
}

/** All demo content in one language. */
export interface DemoSet {
  locale: 'ru' | 'en'
  people: readonly DemoPerson[]
  /** Latest first. */
  orders: readonly DemoOrder[]
  notifications: readonly DemoHostNotification[]
  refusals: readonly DemoRefusals[]
}
