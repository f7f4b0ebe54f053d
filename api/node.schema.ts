import { requireUser } from './auth/viewer.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { forbidden } from './errors.ts'
import { type IdKind, toId } from './ids.ts'

const typeNames = { chat: 'Chat', msg: 'Message', ntf: 'Notification', user: 'User' } as const satisfies Record<
  IdKind,
  string
>
const kinds = Object.keys(typeNames) as IdKind[]

/** By how an id begins; what begins like none is a chat's, where it won't be found. */
const kindOf = (id: string): IdKind => kinds.find((kind) => id.startsWith(`${kind}_`)) ?? 'chat'

export const Node = builder.interfaceRef<{ id: string }>('Node').implement({
  description: 'Something with an id by which it can be read again (Relay Global Object Identification).',
  resolveType: ({ id }) => typeNames[kindOf(id)],
  fields: (t) => ({ id: t.exposeID('id', { description: 'Opaque; stays the same for ever.' }) }),
})

builder.queryField('node', (t) =>
  t.field({
    type: Node,
    description:
      "A chat, a message or a notification of the viewer's, or a person they share a chat with, by its id. Errors: FORBIDDEN, the same for what isn't theirs, what doesn't exist, and what can't be an id.",
    args: { id: t.arg.id({ required: true, description: 'The id that the type shows.' }) },
    resolve: async (_root, { id }, context) => {
      const node = await findVisible(id, requireUser(context).userId, context)
      if (!node) throw forbidden()
      return node
    },
  }),
)

/** One statement for each kind, whose condition is who may see it; what can't be an id is looked for all the same. */
async function findVisible(
  given: string,
  userId: string,
  { db: { client }, access }: Context,
): Promise<{ id: string } | null> {
  const withViewer = { participants: { some: { userId, leftAt: null } } }
  const kind = kindOf(given)
  const id = toId(kind, given)
  switch (kind) {
    case 'chat':
      return client.chat.findFirst({ where: { id, ...withViewer } })
    case 'msg':
      return client.message.findFirst({ where: { id, chat: withViewer } })
    case 'ntf':
      return client.notification.findFirst({ where: { id, userId, hidden: false } })
    case 'user':
      return id === userId || (await access.shareChat(userId, id)) ? client.user.findUnique({ where: { id } }) : null
  }
}
