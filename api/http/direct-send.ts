import {
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql'
import type { Context, Services } from '../context.ts'
import type { LiveFacts, StoredEvent } from '../events/event.ts'
import { eventFields } from '../events/event-fields.ts'
import type { SendResult } from '../messages/message.service.ts'
import { schema } from '../schema.ts'
import { within } from '../within.ts'
import { freeCost } from './cost-in-flight.ts'
import { timeLeftMs } from './deadline.ts'
import { limitsOf } from './document-limits.ts'
import { type KnownFields, render, type Steps, stepsFor } from './event-answers.ts'
import type { OperationContext } from './graphql.ts'

/** What a request asks for, with the text of its document. */
export interface Params {
  query: string
  variables?: Record<string, unknown> | undefined
  operationName?: string | null | undefined
}

/** A message that has been given to the service already. */
export interface BegunSend {
  result: Promise<SendResult>
  /** The whole answer, once there is one; null where GraphQL has to word what the service says, or that it says nothing in time. */
  answer(): Promise<string | null>
}

/**
 * Sends messages by documents that were run before without running them: nearly all of a client's mutations are this one, and
 * executing it costs more than its transaction. What is unusual in any way (other variables, refusals, errors, retries) GraphQL words,
 * so that it is said in one place.
 */
export interface DirectSends {
  /** Begins what a request asks for; null where it isn't known to be a message and nothing more. */
  begin(params: Params, operation: OperationContext): BegunSend | null
  /** Remembers what a document asks for, which is valid; where that is nothing but to send a message. */
  learn(params: Params, document: DocumentNode, operation: OperationDefinitionNode, context: Context): void
}

/** How to say that a message was sent. */
interface Plan {
  variable: string
  head: string
  steps: Steps
  tail: string
}

const maxPlans = 64
const maxCharacters = 4096

const knownFields: KnownFields = {
  ...eventFields,
  SendMessageSuccess: {
    sent: { kind: 'object', of: (live) => (live as LiveFacts).sent },
    // A retry's message isn't at hand.
    duplicate: { kind: 'shared', of: () => false },
  },
}

export function createDirectSends({
  messages,
  cursors,
  presence,
}: Pick<Services, 'messages' | 'cursors' | 'presence'>): DirectSends {
  const plans = new Map<string, Plan>()
  const keyOf = ({ query, operationName }: Params) => (operationName ? `${operationName} ${query}` : query)

  return {
    begin(params, { viewer, requestId, receivedAtMs }) {
      if (viewer?.kind !== 'user') return null
      const plan = plans.get(keyOf(params))
      const input = plan && inputOf(plan.variable, params.variables)
      if (!plan || !input) return null
      const { userId } = viewer
      const result = messages.send({ userId, requestId }, input)
      return {
        result,
        async answer() {
          const said = result.catch(() => null)
          const sent = (await within(timeLeftMs(receivedAtMs), said)) ? await said : null
          if (sent?.kind !== 'SENT' || !sent.live) return null
          const text = render(plan.steps, sent.live, toldOf(sent.live, userId), { userId, cursors, presence })
          return plan.head + text + plan.tail
        },
      }
    },

    learn(params, document, operation, context) {
      if (params.query.length > maxCharacters || plans.has(keyOf(params))) return
      const plan = planOf(document, operation, params, context)
      if (!plan) return
      if (plans.size >= maxPlans) plans.clear()
      plans.set(keyOf(params), plan)
    },
  }
}

/** Null where it isn't exactly what the type asks for: GraphQL then says what is wrong, or makes it so. */
function inputOf(variable: string, variables: Params['variables']): Parameters<Services['messages']['send']>[1] | null {
  if (!variables) return null
  for (const name in variables) if (name !== variable) return null
  const input = variables[variable] as Record<string, unknown> | null | undefined
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return null
  for (const name in input) if (name !== 'chatId' && name !== 'text' && name !== 'clientMessageId') return null
  const { chatId, text, clientMessageId = null } = input
  if (typeof chatId !== 'string' || typeof text !== 'string') return null
  if (clientMessageId !== null && typeof clientMessageId !== 'string') return null
  return { chatId, text, clientMessageId }
}

/** A message as its author's own event has it, for what is theirs alone. */
const toldOf = (live: LiveFacts, userId: string): StoredEvent => {
  const { id, chatId, createdAt } = live.sent.message
  const counters = { unreadMessages: 0, unreadChats: 0, unreadNotifications: 0 }
  return { kind: 'MESSAGE_ADDED', chatId, messageId: id, userId, seq: 0, at: createdAt, counters, live }
}

function planOf(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  { operationName, variables }: Params,
  contextValue: Context,
): Plan | null {
  const { variableDefinitions = [], directives = [], selectionSet } = operation
  if (operation.operation !== OperationTypeNode.MUTATION || directives.length > 0 || variableDefinitions.length !== 1)
    return null
  const asked = askedOf(selectionSet)
  if (!asked) return null
  // Nothing that a cost depends on is a variable here.
  const { refusal, cost } = limitsOf({ schema, document, operationName, variableValues: variables, contextValue })
  if (refusal || !cost || cost.requested > freeCost) return null
  const steps = stepsFor(schema, document, asked.selected, 'SendMessageSuccess', knownFields)
  if (!steps) return null
  const [head, tail] = asked.around
  return {
    variable: asked.variable,
    head: `{"data":{${head}`,
    steps,
    tail: `${tail}},"extensions":${JSON.stringify({ cost })}}`,
  }
}

/** What an operation asks of the one message that it sends, and what stands around that in its answer. */
function askedOf({ selections }: SelectionSetNode): {
  variable: string
  selected: SelectionSetNode
  around: [head: string, tail: string]
} | null {
  let found: { variable: string; selected: SelectionSetNode } | null = null
  const around: [string, string] = ['', '']
  const keys = new Set<string>()
  for (const selection of selections) {
    if (selection.kind !== Kind.FIELD || selection.directives?.length) return null
    const { alias, name, selectionSet, arguments: given = [] } = selection
    const key = alias?.value ?? name.value
    if (keys.has(key)) return null
    keys.add(key)
    around[found ? 1 : 0] += `${keys.size > 1 ? ',' : ''}${JSON.stringify(key)}:`
    if (name.value === '__typename') {
      around[found ? 1 : 0] += '"Mutation"'
      continue
    }
    const [input] = given
    if (name.value !== 'sendMessage' || found || !selectionSet || input?.value.kind !== Kind.VARIABLE) return null
    found = { variable: input.value.name.value, selected: selectionSet }
  }
  return found && { ...found, around }
}
