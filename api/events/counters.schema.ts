import { requireUser } from '../auth/viewer.ts'
import { builder } from '../builder.ts'
import type { Counters as CountersShape } from './event.ts'

export const Counters = builder.objectRef<CountersShape>('Counters').implement({
  description: "The viewer's absolute, exact counters.",
  fields: (t) => ({
    unreadMessages: t.exposeInt('unreadMessages', { description: 'Unread messages in all chats that are not muted.' }),
    unreadChats: t.exposeInt('unreadChats', { description: 'Chats with unread messages that are not muted.' }),
    unreadNotifications: t.exposeInt('unreadNotifications', { description: 'Unread notifications.' }),
  }),
})

builder.queryField('counters', (t) =>
  t.field({
    type: Counters,
    description: "The viewer's counters as of now.",
    resolve: (_root, _args, context) => context.log.counters(requireUser(context).userId),
  }),
)
