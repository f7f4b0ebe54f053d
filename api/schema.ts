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
import type { GraphQLSchema } from 'graphql'
import { builder } from './builder.ts'

/** The whole public schema. */
export const schema: GraphQLSchema = builder.toSchema({ sortSchema: false })
