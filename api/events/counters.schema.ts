import { requireUser } from '../auth/viewer.ts'
import { builder } from '../builder.ts'
import type { Counters as CountersShape } from './event.ts'

export const Counters = builder.objectRef<CountersShape>('Counters').implement({
  description: "The viewer's absolute, exact counters.",
  fields: (t) => ({
    unreadMessages: t.exposeInt('unreadMessages', {
      description: 'How many unread messages there are in all chats that are not muted.',
    }),
    unreadChats: t.exposeInt('unreadChats', { description: 'How many chats that are not muted have unread messages.' }),
    unreadNotifications: t.exposeInt('unreadNotifications', {
      description: 'How many unread notifications there are.',
    }),
  }),
})

builder.queryField('counters', (t) =>
  t.field({
    type: Counters,
    description: "The viewer's counters as of now. Errors: FORBIDDEN for a token of the host.",
    resolve: (_root, _args, context) => context.log.counters(requireUser(context).userId),
  }),
)
