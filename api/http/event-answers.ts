import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql'
import type { StreamEvent } from '../events/event.ts'
import { type EventField, eventFields, type FieldValue, type OwnValue, type Reader } from '../events/event-fields.ts'
import { binary } from './text-frame.ts'

/** An answer in the making: text, values of the source, values of one reader's own, and objects with the steps of theirs. */
type Step =
  | string
  | Exclude<EventField, { kind: 'object' }>
  | { kind: 'object'; of(source: unknown): object | null; steps: Steps }
export type Steps = readonly Step[]

/** An answer with gaps for what is each one's own; one piece more than there are gaps. */
interface Template {
  pieces: readonly string[]
  gaps: readonly OwnValue[]
}

const typeNames: Partial<Record<StreamEvent['kind'], keyof typeof eventFields>> = {
  STREAM_READY: 'StreamReady',
  MESSAGE_ADDED: 'MessageAdded',
  NOTIFICATION_ADDED: 'NotificationAdded',
  NOTIFICATIONS_READ: 'NotificationsRead',
  CHAT_LEFT: 'ChatLeft',
  TYPING: 'Typing',
  PRESENCE_CHANGED: 'PresenceChanged',
}

/** From so many on who are told the same, putting it into words once pays. */
const worthSharing = 3

/** How many plans are made in one round of the event loop. The dashboard has two documents that subscribe, and so has an app. */
const maxMadeInRound = 16
let made = 0

/** What one operation's answers to events are. */
export interface EventAnswers {
  /** The answer's `data` as JSON (text-frame.ts: binary); null where GraphQL has to work it out. */
  answer(event: StreamEvent, reader: Reader): string | null
}

/**
 * Puts events into words for all who subscribe by one operation: what is to be said is worked out once for each type of event,
 * and what a message is to everybody but for what is their own, once for all who are told of it.
 */
export function createEventAnswers(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): EventAnswers {
  const plans = new Map<string, Steps | null>()
  /** Of each type, the last thing that was told. */
  const told = new Map<string, { of: object; times: number; template: Template | undefined }>()

  function planOf(typeName: string): Steps | null {
    let plan = plans.get(typeName)
    if (plan === undefined) {
      // One message may be told to many who all ask for it differently: the rest is worked out in turns.
      if (made >= maxMadeInRound) return null
      if (made === 0) setImmediate(() => (made = 0))
      made++
      plan = compile(schema, document, operation, typeName)
      plans.set(typeName, plan)
    }
    return plan
  }

  function templateOf(typeName: string, steps: Steps, event: StreamEvent, reader: Reader): Template | undefined {
    const common = commonOf(event)
    if (!common) return undefined
    let last = told.get(typeName)
    if (last?.of !== common) {
      last = { of: common, times: 0, template: undefined }
      told.set(typeName, last)
    }
    if (++last.times >= worthSharing) last.template ??= toTemplate(steps, event, reader)
    return last.template
  }

  return {
    answer(event, reader) {
      const typeName = typeNames[event.kind]
      if (!typeName) return null
      if ((event.kind === 'MESSAGE_ADDED' || event.kind === 'NOTIFICATION_ADDED') && !event.live) return null
      const steps = planOf(typeName)
      if (!steps) return null
      const template = templateOf(typeName, steps, event, reader)
      return template ? fill(template, event, reader) : binary(render(steps, event, event, reader))
    },
  }
}

/** What everybody who is told of the same has in common: one object. What was read for one is theirs alone. */
const commonOf = (event: StreamEvent): object | undefined =>
  'live' in event ? (event.live?.notification ? undefined : event.live?.sent) : 'user' in event ? event.user : undefined

type Fields = Map<string, { field: EventField; below: Fields } | string>

/**
 * How to say what an operation asks of a type of event; null where that can't be said without GraphQL.
 *
 * @param typeName of the event
 */
function compile(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  typeName: string,
): Steps | null {
  const [root] = operation.selectionSet.selections
  const isPlain =
    operation.operation === OperationTypeNode.SUBSCRIPTION &&
    operation.selectionSet.selections.length === 1 &&
    !operation.directives?.length
  if (!isPlain || root?.kind !== Kind.FIELD || !root.selectionSet || root.directives?.length) return null
  const steps = stepsFor(schema, document, root.selectionSet, typeName, eventFields)
  return steps && joined([`{${JSON.stringify(root.alias?.value ?? root.name.value)}:`, ...steps, '}'])
}

/** The fields of types that can be told without GraphQL. */
export type KnownFields = Readonly<Record<string, Readonly<Record<string, EventField | undefined>> | undefined>>

/**
 * How to say what is selected of an object; null where that can't be said without GraphQL.
 *
 * @param typeName of the object
 */
export function stepsFor(
  schema: GraphQLSchema,
  document: DocumentNode,
  selected: SelectionSetNode,
  typeName: string,
  known: KnownFields,
): Steps | null {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  }
  const type = schema.getType(typeName)
  const fields: Fields = new Map()
  return isObjectType(type) && collect(selected, type, fields) ? joined(stepsOf(fields)) : null

  function collect({ selections }: SelectionSetNode, parent: GraphQLObjectType, into: Fields): boolean {
    return selections.every((selection) => {
      if (selection.directives?.length) return false
      if (selection.kind === Kind.FIELD) {
        const name = selection.name.value
        const key = selection.alias?.value ?? name
        if (name === '__typename') {
          into.set(key, JSON.stringify(parent.name))
          return true
        }
        const field = known[parent.name]?.[name]
        const type = parent.getFields()[name]
        if (!field || !type || selection.arguments?.length) return false
        const before = into.get(key)
        const below: Fields = typeof before === 'object' ? before.below : new Map()
        into.set(key, { field, below })
        if (!selection.selectionSet) return true
        const nested = getNamedType(type.type)
        return isObjectType(nested) && collect(selection.selectionSet, nested, below)
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)
      const condition = fragment?.typeCondition && schema.getType(fragment.typeCondition.name.value)
      if (!fragment || fragment.directives?.length) return false
      const applies =
        !condition || condition === parent || (isAbstractType(condition) && schema.isSubType(condition, parent))
      return !applies || collect(fragment.selectionSet, parent, into)
    })
  }
}

/** An object's fields, in braces. */
function stepsOf(fields: Fields): Step[] {
  const steps: Step[] = ['{']
  for (const [key, value] of fields) {
    steps.push(`${steps.length > 1 ? ',' : ''}${JSON.stringify(key)}:`)
    if (typeof value === 'string') steps.push(value)
    else if (value.field.kind === 'object')
      steps.push({ kind: 'object', of: value.field.of, steps: joined(stepsOf(value.below)) })
    else steps.push(value.field)
  }
  steps.push('}')
  return steps
}

/** The same with neighbouring texts as one. */
function joined(steps: Steps): Steps {
  const result: Step[] = []
  for (const step of steps) {
    const last = result.at(-1)
    if (typeof step === 'string' && typeof last === 'string') result[result.length - 1] = last + step
    else result.push(step)
  }
  return result
}

const json = (value: FieldValue): string =>
  typeof value === 'string' || typeof value === 'object' ? JSON.stringify(value) : String(value)

/** The text of an object's answer; `event` is what values of the reader's own are taken from. */
export function render(steps: Steps, source: unknown, event: StreamEvent, reader: Reader): string {
  let text = ''
  for (const step of steps) {
    if (typeof step === 'string') text += step
    else if (step.kind === 'shared') text += json(step.of(source, reader))
    else if (step.kind === 'own') text += json(step.of(event, reader))
    else {
      const below = step.of(source)
      text += below ? render(step.steps, below, event, reader) : 'null'
    }
  }
  return text
}

/** The template that the answer to this event is an example of. */
function toTemplate(steps: Steps, event: StreamEvent, reader: Reader): Template {
  const pieces: string[] = ['']
  const gaps: OwnValue[] = []
  const say = (text: string) => {
    pieces[pieces.length - 1] += text
  }
  const walk = (steps: Steps, source: unknown): void => {
    for (const step of steps) {
      if (typeof step === 'string') say(step)
      else if (step.kind === 'shared') say(json(step.of(source, reader)))
      else if (step.kind === 'own') {
        gaps.push(step.of)
        pieces.push('')
      } else {
        const below = step.of(source)
        if (below) walk(step.steps, below)
        else say('null')
      }
    }
  }
  walk(steps, event)
  return { pieces: pieces.map(binary), gaps }
}

function fill({ pieces, gaps }: Template, event: StreamEvent, reader: Reader): string {
  let text = pieces[0] ?? ''
  for (let i = 0; i < gaps.length; i++) text += binary(json(gaps[i]?.(event, reader) ?? null)) + pieces[i + 1]
  return text
}
