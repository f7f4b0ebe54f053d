import './node.schema.ts'
import './users/user.schema.ts'
import './chats/chat.schema.ts'
import './chats/host-chat.schema.ts'
import './messages/message.schema.ts'
import './messages/refusals.schema.ts'
import './messages/sending.schema.ts'
import './notifications/notification.schema.ts'
import './notifications/settings.schema.ts'
import './events/counters.schema.ts'
import './events/event.schema.ts'
import './staff/staff.schema.ts'
import './webhooks/webhook.schema.ts'
import {
  defaultFieldResolver,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
} from 'graphql'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { resolveFromRows } from './loaded-fields.ts'

/** The whole public schema. */
export const schema: GraphQLSchema = builder.toSchema({ sortSchema: false })
resolveFromRows(schema)
resolveInTurns(schema.getQueryType())
resolveInTurns(schema.getMutationType())
notePeople(schema.getType('User'))

/** One operation may have a root field many times under aliases: each gets a turn of its own, so that others get theirs. */
function resolveInTurns(type: GraphQLObjectType | null | undefined): void {
  for (const field of Object.values(type?.getFields() ?? {})) {
    const { resolve = defaultFieldResolver } = field
    field.resolve = async (root, args, context: Context, info) => {
      await context.takeTurn()
      return resolve(root, args, context, info)
    }
  }
}

/** Of people, what others see may change with nothing else (people-changes.ts). */
function notePeople(type: GraphQLNamedType | undefined): void {
  if (!isObjectType(type)) throw new Error('there are no people')
  for (const [name, field] of Object.entries(type.getFields())) {
    if (name === 'id' || name === 'externalId') continue
    const { resolve = defaultFieldResolver } = field
    field.resolve = (user: { id?: string }, args, context: Context, info) => {
      context.shows?.(user.id)
      return resolve(user, args, context, info)
    }
  }
}
