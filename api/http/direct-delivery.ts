import { type DocumentNode, execute, type GraphQLSchema, getOperationAST } from 'graphql'
import type { User } from '../../prisma/generated/postgresql/client/client.ts'
import type { Context } from '../context.ts'
import type { SentMessage, StreamEvent } from '../events/event.ts'
import { type AnswerTemplate, fill, gapsOf, toTemplate } from './shared-answers.ts'

/** One subscription as it was accepted. */
export interface Subscription {
  schema: GraphQLSchema
  document: DocumentNode
  operationName: string | null | undefined
  contextValue: Context
}

/**
 * Works out what an event is to a subscription: once for everybody who subscribed by the same document, since what they
 * see differs in little (events/shared-fields.ts).
 */
export interface DirectDelivery {
  /** The answer as JSON; null where it has to be worked out for this subscription alone. */
  answer(subscription: Subscription, event: StreamEvent): string | null
}

const typeNames: Partial<Record<StreamEvent['kind'], string>> = {
  MESSAGE_ADDED: 'MessageAdded',
  NOTIFICATION_ADDED: 'NotificationAdded',
  TYPING: 'Typing',
  PRESENCE_CHANGED: 'PresenceChanged',
}

/** What everybody who is told of the same has in common: one object. */
const commonOf = (event: StreamEvent): SentMessage | User | undefined =>
  'live' in event ? event.live?.sent : 'user' in event ? event.user : undefined

/** The dashboard has two documents that subscribe, and so has an app. */
const maxMadeInRound = 16

type Gaps = NonNullable<ReturnType<typeof gapsOf>>

export function createDirectDelivery(): DirectDelivery {
  /** By document, then by operation and event type: where answers differ. */
  const plans = new WeakMap<DocumentNode, Map<string, Gaps | null>>()
  /** By what they have in common, then by document, then by operation and event type. Gone with the former. */
  const templates = new WeakMap<object, Map<DocumentNode, Map<string, AnswerTemplate | null>>>()
  /** How many templates were made in this round of the event loop. */
  let made = 0

  return {
    answer(subscription, event) {
      const typeName = typeNames[event.kind]
      const common = commonOf(event)
      if (!common || !typeName) return null
      const { document, operationName, contextValue } = subscription
      const key = `${typeName} ${operationName ?? ''}`
      const byKey = entry(
        entry(templates, common, () => new Map()),
        document,
        () => new Map(),
      )
      let template = byKey.get(key)
      if (template === undefined) {
        // One message may be told to many who all ask for it differently: the rest is worked out in turns.
        if (made >= maxMadeInRound) return null
        if (made === 0) setImmediate(() => (made = 0))
        made++
        template = templateOf(subscription, event, typeName, key)
        byKey.set(key, template)
      }
      return template && fill(template, event, contextValue)
    },
  }

  /** Works it out for one, in full. */
  function templateOf(
    subscription: Subscription,
    event: StreamEvent,
    typeName: string,
    key: string,
  ): AnswerTemplate | null {
    const { schema, document, operationName, contextValue } = subscription
    const operation = getOperationAST(document, operationName)
    if (!operation) return null
    const byKey = entry(plans, document, () => new Map())
    let gaps = byKey.get(key)
    if (gaps === undefined) {
      gaps = gapsOf(schema, document, operation, typeName)
      byKey.set(key, gaps)
    }
    if (!gaps) return null
    const result = execute({ schema, document, operationName, contextValue, rootValue: event })
    // What has to wait, or went wrong, is not what everybody gets.
    if (result instanceof Promise) {
      result.catch(() => undefined)
      return null
    }
    return result.errors?.length || !result.data ? null : toTemplate(result.data, gaps)
  }
}

function entry<Key extends object, Value>(
  map: { get(key: Key): Value | undefined; set(key: Key, value: Value): unknown },
  key: Key,
  make: () => Value,
): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
