/** The operations that GraphiQL opens with; each runs as it is, for a demo person with at least one chat. */
export const graphiqlTabs: readonly string[] = [
  `# Who am I, and what is there for me? Your chats, latest activity first.
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
`,
  `# The live stream: everything you should hear about, in order. Run it, then write something in the dashboard, or
# run one of the next tabs. Every event has a cursor; give the newest one back as \`after\` to go on after a disconnect.
subscription Live {
  events {
    __typename
    cursor
    at
    ... on StreamReady { resumed }
    ... on MessageAdded { message { seq text author { name } chat { title } } counters { unreadMessages } }
    ... on MessageChanged { message { seq text editedAt deletedAt } }
    ... on ChatRead { chat { title } reader { name } lastReadSeq counters { unreadMessages } }
    ... on NotificationAdded { notification { title body } counters { unreadNotifications } }
    ... on NotificationsRead { ids }
    ... on Typing { chatId user { name } }
    ... on PresenceChanged { user { name online } }
  }
}
`,
  `# Notifications, latest first, and what the viewer wants to be notified of.
query Notifications {
  notifications(first: 10) {
    edges { node { id kind title body createdAt readAt chat { title } } }
    pageInfo { hasNextPage endCursor }
  }
  notificationSettings { sound kinds { kind inApp } }
}
`,
  `# Everything is read: the counters go to 0 on every device.
mutation ReadNotifications {
  markNotificationsRead { unreadMessages unreadChats unreadNotifications }
}
`,
]
