/** What a run did and saw. Times are milliseconds of one clock: everything runs on one machine. */
export interface History {
  messages: SentMessage[]
  listeners: ListenerRecord[]
  faults: FaultRecord[]
  /** How long an instance took to end after SIGTERM. */
  shutdowns: { ms: number; exitCode: number | null; duringDatabaseOutage: boolean }[]
  /** From PostgreSQL taking connections to the first write that an instance answered. */
  recoveries: { instance: string; ms: number }[]
  /** Answers that nothing explains: a code that isn't promised, an answer that makes no sense. */
  surprises: string[]
}

export type Outcome = 'acknowledged' | 'unavailable' | 'refused' | 'lost' | 'unanswered'

/** One try at sending a message. */
export interface Attempt {
  instance: string
  startedAt: number
  endedAt: number
  outcome: Outcome
}

/** A message that a sender wanted to send, under one clientMessageId. */
export interface SentMessage {
  author: string
  chatId: string
  clientMessageId: string
  text: string
  attempts: Attempt[]
  /** Every acknowledgement that came. */
  acknowledgements: { id: string; seq: number; duplicate: boolean; at: number }[]
}

/** An event as it came out of a stream. */
export interface Arrival {
  position: number
  type: string
  at: number
  /** What the event is about: message id, notification id, chat id … as the log has it. */
  subject: string
  counters: string
}

/** One subscriber, over all its connections. */
export interface ListenerRecord {
  name: string
  user: string
  view: { kind: 'ALL' } | { kind: 'MESSAGES'; chatId: string } | { kind: 'NOTIFICATIONS' }
  /** Where its first stream began. */
  origin: number
  sessions: Session[]
  arrivals: Arrival[]
}

/** One connection of a subscriber. */
export interface Session {
  instance: string
  transport: 'ws' | 'sse'
  readyAt: number
  endedAt: number | null
  /** When its token ran out, if that was soon. */
  expiresAt: number | null
  /** How many arrivals were there when it began. */
  firstArrival: number
  /** When the harness stopped and started reading from it. */
  frozen: { from: number; to: number }[]
  /** Close code, or how else it ended. */
  end: string
}

export type FaultArea = 'instance' | 'redis' | 'database' | 'client'

export interface FaultRecord {
  name: string
  area: FaultArea
  /** Instance, if it is about one. */
  target: string | null
  /** The database took no connections at all. */
  outage: boolean
  from: number
  to: number
}

export const createHistory = (): History => ({
  messages: [],
  listeners: [],
  faults: [],
  shutdowns: [],
  recoveries: [],
  surprises: [],
})
