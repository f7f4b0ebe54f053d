import type { Person } from './config.ts'
import { headersOf, type TabContent } from './person-headers.ts'

/** An operation that is ready to run. Its name is the title of its tab. */
export type Example = {
  name: string
  /** Who can run it; ANYONE is a person, whatever their role. */
  for: 'ANYONE' | 'STAFF' | 'HOST'
  query: string
  variables?(of: { chatId: string; cursor: string | null; locale: 'ru' | 'en'; participants: object[] }): object
}

/** In the order in which somebody who is new here wants them. In demo mode each runs as it is. */
export const examples: readonly Example[] = [
  {
    name: 'Dashboard',
    for: 'ANYONE',
    query: `# What the dashboard reads first: who am I, what is unread, which chats have I got?
# Latest activity first. Run it with the button, or Ctrl+Enter.
# The cost of the answer stands in its extensions.
query Dashboard {
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
`,
  },
  {
    name: 'Live',
    for: 'ANYONE',
    query: `# The live stream: everything you should hear about, in order, once.
# Run it, and let it run; then send something from the dashboard, or from a second window of this page.
# The newest event is on top. Every event has a cursor, and the absolute counters as of that event.
subscription Live {
  events {
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
`,
  },
  {
    name: 'Send',
    for: 'ANYONE',
    query: `# Sends a message.
# Add a clientMessageId (1 to 64 characters, made once for each message) to the variables and run it twice:
# one message, and \`duplicate: true\` the second time. That is how a retry after a lost answer is harmless.
mutation Send($chatId: ID!, $text: String!, $clientMessageId: String) {
  sendMessage(input: { chatId: $chatId, text: $text, clientMessageId: $clientMessageId }) {
    ... on SendMessageSuccess { duplicate sent { id seq text createdAt } }
    ... on Error { message }
  }
}
`,
    variables: ({ chatId, locale }) => ({
      chatId,
      text: locale === 'ru' ? 'Здравствуйте! Ответ: 89161234' : 'Hello! The answer: 89161234',
    }),
  },
  {
    name: 'SendRefused',
    for: 'ANYONE',
    query: `# What is refused, and why: contact details.
# A refusal is data, not an error: which part of the text, by which rule, and what to say to the author.
# Accept-Language, or the token's \`locale\`, chooses the language.
mutation SendRefused($chatId: ID!, $text: String!) {
  sendMessage(input: { chatId: $chatId, text: $text }) {
    __typename
    ... on SendMessageSuccess { sent { seq } }
    ... on ContactDataRefused { message findings { kind rule start end message } }
    ... on InvalidText { message reason }
    ... on RateLimited { message retryAfterMs }
  }
}
`,
    variables: ({ chatId, locale }) => ({
      chatId,
      text: locale === 'ru' ? 'Мой номер +7 916 123-45-67' : 'Call me: +44 20 7946 0958',
    }),
  },
  {
    name: 'CheckText',
    for: 'ANYONE',
    query: `# The contact guard as a dry run: what sendMessage would say to this text. Nothing is sent.
query CheckText($chatId: ID!, $text: String!) {
  checkText(chatId: $chatId, text: $text) {
    allowed
    invalid
    findings { kind rule start end message }
  }
}
`,
    variables: ({ chatId }) => ({ chatId, text: 'мой тг ivanov_92' }),
  },
  {
    name: 'Resume',
    for: 'ANYONE',
    query: `# After a disconnect: give the newest cursor you have as \`after\`.
# \`resumed: true\`, and all that was missed follows, in order, once; then it goes on live.
# \`resumed: false\`: the cursor is too old, fetch anew. A cursor of Live is good here too.
subscription Resume($after: String) {
  events(after: $after) {
    __typename
    cursor
    ... on StreamReady { resumed }
    ... on MessageAdded { message { seq text author { name } } counters { unreadMessages } }
    ... on NotificationAdded { notification { title body } counters { unreadNotifications } }
  }
}
`,
    variables: ({ cursor }) => ({ after: cursor }),
  },
  {
    name: 'Messages',
    for: 'ANYONE',
    query: `# The latest messages of a chat, in ascending seq.
# For older ones give \`startCursor\` back as \`before\`.
query Messages($chatId: ID!, $before: String) {
  messages(chatId: $chatId, last: 10, before: $before) {
    edges { cursor node { id seq text author { name } createdAt editedAt deletedAt } }
    pageInfo { hasPreviousPage startCursor }
  }
}
`,
    variables: ({ chatId }) => ({ chatId }),
  },
  {
    name: 'Notifications',
    for: 'ANYONE',
    query: `# Notifications, latest first, and what the viewer wants to be notified of.
query Notifications {
  notifications(first: 10) {
    edges { node { id kind title body createdAt readAt chat { title } } }
    pageInfo { hasNextPage endCursor }
  }
  notificationSettings { sound kinds { kind inApp } }
}
`,
  },
  {
    name: 'StaffOverview',
    for: 'STAFF',
    query: `# For the marketplace's own people (role STAFF): how its chats do.
# To anybody else the answer is FORBIDDEN.
query StaffOverview {
  staffOverview(days: 7) {
    asOf
    days { day messages answers meanResponseMs activeChats refused }
    unread { role people messages }
  }
}
`,
  },
  {
    name: 'HostSetUp',
    for: 'HOST',
    query: `# For the marketplace's backend (a token with the scope "host"): a chat for an order, and news of the host's own.
# Both may be repeated: the same externalRef is the same chat, the same key makes no second notification.
mutation HostSetUp($chat: CreateChatInput!, $news: HostNotificationInput!) {
  createChat(input: $chat) {
    id
    externalRef
    title
    participants { user { externalId name role } }
  }
  notify(input: $news)
}
`,
    variables: ({ locale, participants }) => ({
      chat: { externalRef: `order-graphiql-${locale}`, title: 'Заказ из GraphiQL', participants },
      news: {
        key: `paid-order-graphiql-${locale}`,
        recipients: participants.map((one) => ('externalId' in one ? one.externalId : '')),
        title: 'Заказ оплачен',
        body: 'Можно приступать.',
      },
    }),
  },
]

/** The tab of an example as it stands for the person of the page, or whoever else it wants. */
export function tabOf(example: Example, person: Person | null, people: readonly Person[]): TabContent {
  const sameLanguage = people.filter(({ locale }) => locale === null || locale === person?.locale)
  const runner = example.for === 'ANYONE' ? person : (sameLanguage.find(({ role }) => role === example.for) ?? null)
  const participants = (['CLIENT', 'EXPERT'] as const).flatMap((role) => {
    const one = sameLanguage.find((candidate) => candidate.role === role)
    return one ? [{ externalId: one.externalId, name: one.name, role }] : []
  })
  const variables = example.variables?.({
    chatId: runner?.chatIds[0] ?? 'an id that Dashboard shows',
    cursor: runner?.cursor ?? null,
    locale: person?.locale ?? 'en',
    participants: participants.length > 0 ? participants : strangers,
  })
  return {
    query: example.query,
    variables: variables ? JSON.stringify(variables, null, 2) : '',
    headers: headersOf(runner?.token ?? ''),
  }
}

/** Outside demo mode the reader puts in users of the marketplace. */
const strangers = [
  { externalId: 'user-17', name: 'Анна Смирнова', role: 'CLIENT' },
  { externalId: 'user-42', name: 'Борис Орлов', role: 'EXPERT' },
]
