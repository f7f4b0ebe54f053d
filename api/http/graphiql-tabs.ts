/** A tab of GraphiQL, as its program wants it. */
export interface GraphiQLTab {
  query: string
  variables?: string
}

/**
 * The operations that GraphiQL opens with. In demo mode each runs as it is.
 *
 * @param chatId one of the viewer's chats; elsewhere the reader puts one in
 */
export function graphiqlTabs(chatId: string | null): GraphiQLTab[] {
  const inChat = (more: Record<string, unknown>) =>
    JSON.stringify({ chatId: chatId ?? 'one of the ids that the first tab shows', ...more }, null, 2)
  return [
    { query: chats },
    { query: live },
    { query: history, variables: inChat({}) },
    { query: send, variables: inChat({ text: 'Здравствуйте! Ответ: 89161234' }) },
    { query: check, variables: inChat({ text: 'Мой номер +7 916 123-45-67' }) },
    { query: notifications },
  ]
}

const chats = `# Welcome! This is Oko's API, with your data. First: who am I, and which chats have I got? Latest activity first.
query Chats {
  viewer { id name role }
  counters { unreadMessages unreadChats unreadNotifications }
  chats(first: 5) {
    edges {
      node {
        id
        title
        unreadCount
        participants { user { name role online } lastReadSeq }
        lastMessage { seq text author { name } createdAt }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`

const live = `# The live stream: everything you should hear about, in order, once. Run it, then write in the dashboard or run the tab
# SendMessage. Every event has a cursor; give the newest one back as \`after\` to go on after a disconnect.
subscription Live($after: String) {
  events(after: $after) {
    __typename
    cursor
    at
    ... on StreamReady { resumed }
    ... on MessageAdded { message { seq text author { name } chat { title } } counters { unreadMessages } }
    ... on MessageChanged { message { seq text editedAt deletedAt } }
    ... on ChatChanged { chat { title participants { user { name } } } }
    ... on ChatRead { chat { title } reader { name } lastReadSeq counters { unreadMessages } }
    ... on NotificationAdded { notification { title body } counters { unreadNotifications } }
    ... on NotificationsRead { ids }
    ... on ChatLeft { chatId }
    ... on Typing { chatId user { name } }
    ... on PresenceChanged { user { name online } }
  }
}
`

const history = `# The latest messages of a chat. For older ones give \`startCursor\` back as \`before\`.
query Messages($chatId: ID!, $before: String) {
  messages(chatId: $chatId, last: 10, before: $before) {
    edges { cursor node { id seq text author { name } createdAt editedAt deletedAt } }
    pageInfo { hasPreviousPage startCursor }
  }
}
`

const send = `# Sends a message. With a clientMessageId a retry never makes a second one: run it twice with one, and see \`duplicate\`.
mutation SendMessage($chatId: ID!, $text: String!, $clientMessageId: String) {
  sendMessage(input: { chatId: $chatId, text: $text, clientMessageId: $clientMessageId }) {
    ... on SendMessageSuccess { duplicate sent { id seq text } }
    ... on ContactDataRefused { message findings { kind rule start end message } }
    ... on InvalidText { message reason }
    ... on RateLimited { message retryAfterMs }
  }
}
`

const check = `# The contact guard as a dry run: what sendMessage would say to this text, and which part of it it means.
query CheckText($chatId: ID!, $text: String!) {
  checkText(chatId: $chatId, text: $text) {
    allowed
    invalid
    findings { kind rule start end message }
  }
}
`

const notifications = `# Notifications, latest first, and what the viewer wants to be notified of.
query Notifications {
  notifications(first: 10) {
    edges { node { id kind title body createdAt readAt chat { title } } }
    pageInfo { hasNextPage endCursor }
  }
  notificationSettings { sound kinds { kind inApp } }
}
`
