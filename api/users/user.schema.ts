import { UserRole as UserRoleValues } from '../../prisma/generated/postgresql/client/enums.ts'
import { requireUser } from '../auth/viewer.ts'
import { builder } from '../builder.ts'
import { Node } from '../node.schema.ts'

export const UserRole = builder.enumType('UserRole', {
  description: 'What a person is to the marketplace.',
  values: {
    [UserRoleValues.CLIENT]: { description: 'Places orders.' },
    [UserRoleValues.EXPERT]: { description: 'Works on orders.' },
    [UserRoleValues.STAFF]: { description: "One of the marketplace's own people." },
  } as const,
})

export const User = builder.prismaObject('User', {
  description: 'A person. Seen by those who share a chat with them.',
  interfaces: [Node],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Opaque; stays the same for ever.' }),
    externalId: t.exposeString('externalId', {
      description: "The host's id of the person: the `sub` of their tokens.",
    }),
    name: t.exposeString('name', { description: 'As the newest token, or the host, has it.' }),
    role: t.expose('role', { type: UserRole, description: 'As the newest token, or the host, has it.' }),
    avatarUrl: t.exposeString('avatarUrl', {
      nullable: true,
      description: 'A picture of the person, if the host has one.',
    }),
    online: t.boolean({
      description: 'Whether a connection of theirs is open just now.',
      resolve: (user, _args, { presence }) => presence.isOnline(user.id),
    }),
    lastSeenAt: t.expose('lastSeenAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When their last connection was closed; null: never connected.',
    }),
  }),
})

builder.queryField('viewer', (t) =>
  t.prismaField({
    type: User,
    description: 'Whom the token speaks for. Errors: FORBIDDEN for a token of the host, which speaks for no person.',
    resolve: (query, _root, _args, context) => context.rows.one('User', query, requireUser(context).userId),
  }),
)

export const HostUserInput = builder.inputType('HostUserInput', {
  description: 'A person as the host describes them. Unknown people are made, known ones brought up to date.',
  fields: (t) => ({
    externalId: t.string({
      required: true,
      description: "The host's id of the person, 1 to 255 characters: the `sub` of their tokens.",
    }),
    name: t.string({ required: true, description: '1 to 200 characters, in one line.' }),
    role: t.field({ type: UserRole, required: true, description: 'What they are to the marketplace.' }),
    avatarUrl: t.string({ description: 'An http(s) address or a path of the host, 1 to 2000 characters.' }),
  }),
})
