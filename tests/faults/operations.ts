import type { GraphQLResponse } from '../support/client.ts'

export const sendDocument = /* GraphQL */ `mutation ($input: SendMessageInput!) {
  sendMessage(input: $input) {
    __typename
    ... on SendMessageSuccess { duplicate sent { id seq clientMessageId } }
    ... on Error { message }
  }
}`

const counters = 'counters { unreadMessages unreadChats unreadNotifications }'
const eventFields = /* GraphQL */ `
  __typename cursor
  ... on StreamReady { resumed }
  ... on MessageAdded { message { id } ${counters} }
  ... on MessageChanged { message { id } ${counters} }
  ... on ChatChanged { chat { id } ${counters} }
  ... on ChatRead { chat { id } lastReadSeq ${counters} }
  ... on NotificationAdded { notification { id } ${counters} }
  ... on NotificationsRead { ids ${counters} }
  ... on ChatLeft { chatId ${counters} }
`
export const streamDocuments = {
  ALL: `subscription ($after: String) { stream: events(after: $after) { ${eventFields} } }`,
  MESSAGES: `subscription ($chatId: ID!, $after: String) { stream: messageAdded(chatId: $chatId, after: $after) { ${eventFields} } }`,
  NOTIFICATIONS: `subscription ($after: String) { stream: notificationAdded(after: $after) { ${eventFields} } }`,
} as const

/** One operation over HTTP. @throws when no answer comes (in time) */
export async function ask(
  url: string,
  token: string,
  query: string,
  variables: Record<string, unknown>,
  timeoutMs: number,
): Promise<GraphQLResponse> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(timeoutMs),
  })
  return (await response.json()) as GraphQLResponse
}

/**
 * Where in the log a cursor points: behind the nine bytes of its MAC. To clients it is opaque; the harness reads it to compare
 * what arrived with what the database has.
 */
export const positionOf = (cursor: string): number => Number(Buffer.from(cursor, 'base64url').subarray(9).toString())

/** What an event is about, in the words that `subjectOf` has for a row of the log. */
export function subjectOf(event: any): string {
  switch (event.__typename) {
    case 'MessageAdded':
    case 'MessageChanged':
      return event.message.id
    case 'ChatChanged':
      return event.chat.id
    case 'ChatRead':
      return `${event.chat.id} ${event.lastReadSeq}`
    case 'NotificationAdded':
      return event.notification.id
    case 'NotificationsRead':
      return event.ids.join()
    case 'ChatLeft':
      return event.chatId
    default:
      return ''
  }
}

export const countersOf = (counted: {
  unreadMessages: number
  unreadChats: number
  unreadNotifications: number
}): string => `${counted.unreadMessages}/${counted.unreadChats}/${counted.unreadNotifications}`
