import { type Subscription, subscribe } from './client.ts'
import { run } from './market.ts'
import { hostToken } from './tokens.ts'

const counters = 'counters { unreadMessages unreadChats unreadNotifications }'

/** What tests look at of every kind of event. */
const eventFields = /* GraphQL */ `
  __typename cursor at
  ... on StreamReady { resumed }
  ... on MessageAdded { message { id seq text clientMessageId chat { id unreadCount } author { externalId } } ${counters} }
  ... on MessageChanged { message { id seq text editedAt deletedAt chat { id unreadCount } } ${counters} }
  ... on ChatChanged { chat { id title muted unreadCount participants { user { externalId } } } ${counters} }
  ... on ChatRead { chat { id unreadCount } reader { externalId } lastReadSeq ${counters} }
  ... on NotificationAdded { notification { id kind title body url chat { id } message { id } actor { externalId } } ${counters} }
  ... on NotificationsRead { ids ${counters} }
  ... on ChatLeft { chatId ${counters} }
  ... on Typing { chatId user { externalId } }
  ... on PresenceChanged { user { externalId online lastSeenAt } }
`

export const eventsSubscription = `subscription ($after: String) { stream: events(after: $after) { ${eventFields} } }`
export const messagesSubscription = `subscription ($chatId: ID!, $after: String) { stream: messageAdded(chatId: $chatId, after: $after) { ${eventFields} } }`
export const notificationsSubscription = `subscription ($after: String) { stream: notificationAdded(after: $after) { ${eventFields} } }`

/** An open stream of events, behind its StreamReady. */
export interface EventStream {
  ready: any
  next(timeoutMs?: number): Promise<any>
  /** All events up to the first that passes, that one last. Presence is left out: it comes when it likes. */
  through(passes: (event: any) => boolean, timeoutMs?: number): Promise<any[]>
  ended: Promise<unknown>
  close(): void
}

/** Opens one of the three streams and waits until it is ready. */
export async function listen(
  url: string,
  token: string,
  variables: Record<string, unknown> = {},
  subscription = eventsSubscription,
): Promise<EventStream> {
  return toEventStream(subscribe(url, token, subscription, variables))
}

async function toEventStream(stream: Subscription): Promise<EventStream> {
  const next = async (timeoutMs?: number) => {
    for (;;) {
      const { stream: event } = await stream.next(timeoutMs)
      if (event.__typename !== 'PresenceChanged') return event
    }
  }
  const ready = await next()
  if (ready.__typename !== 'StreamReady') throw new Error(`the first event is ${ready.__typename}`)
  return {
    ready,
    next,
    async through(passes, timeoutMs) {
      const events: any[] = []
      for (;;) {
        const event = await next(timeoutMs)
        events.push(event)
        if (passes(event)) return events
      }
    },
    ended: stream.ended,
    close: stream.close,
  }
}

let marks = 0

/**
 * Puts a mark at the end of a user's log, so that a test can say what did not happen before it.
 *
 * @returns what recognises the mark in a stream
 */
export async function mark(url: string, externalId: string): Promise<(event: any) => boolean> {
  const title = `mark ${++marks}`
  await run(url, await hostToken(), 'mutation ($input: HostNotificationInput!) { notify(input: $input) }', {
    input: { recipients: [externalId], title, body: 'mark' },
  })
  return (event) => event.notification?.title === title
}

/** The events between a stream's place and now. */
export async function eventsUntilNow(url: string, externalId: string, stream: EventStream): Promise<any[]> {
  const events = await stream.through(await mark(url, externalId))
  return events.slice(0, -1)
}

export const typesOf = (events: readonly any[]): string[] => events.map((event) => event.__typename)
