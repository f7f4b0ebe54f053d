import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql'
import type { Context } from '../context.ts'
import type { StreamEvent } from '../events/event.ts'
import { type OwnValue, sharedFields } from '../events/shared-fields.ts'

/** A JSON text with gaps for what is each one's own. */
export interface AnswerTemplate {
  /** One more than there are gaps. */
  pieces: readonly string[]
  gaps: readonly OwnValue[]
}

/** Where in an event's answer the gaps are: the same shape as the answer's, as far as there are any. */
type Gaps = Map<string, OwnValue | Gaps>

/**
 * Where the answers to a subscription differ between those who are told of the same message; null where they may differ in any
 * way, so that nothing is shared.
 *
 * @param typeName of the event
 */
export function gapsOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  typeName: string,
): Gaps | null {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  }
  const type = schema.getType(typeName)
  const [root] = operation.selectionSet.selections
  const isPlain =
    operation.operation === OperationTypeNode.SUBSCRIPTION &&
    operation.selectionSet.selections.length === 1 &&
    !operation.directives?.length
  if (!isPlain || root?.kind !== Kind.FIELD || !root.selectionSet || root.directives?.length || !isObjectType(type))
    return null
  const gaps: Gaps = new Map()
  return collect(root.selectionSet, type, gaps) ? new Map([[root.alias?.value ?? root.name.value, gaps]]) : null

  function collect({ selections }: SelectionSetNode, parent: GraphQLObjectType, into: Gaps): boolean {
    return selections.every((selection) => {
      if (selection.directives?.length) return false
      if (selection.kind === Kind.FIELD) {
        if (selection.name.value === '__typename') return true
        const field = parent.getFields()[selection.name.value]
        const sharing = sharedFields[`${parent.name}.${selection.name.value}`]
        if (!field || !sharing || selection.arguments?.length) return false
        const key = selection.alias?.value ?? selection.name.value
        if (sharing !== 'shared') {
          into.set(key, sharing)
          return true
        }
        if (!selection.selectionSet) return true
        const below = getNamedType(field.type)
        const known = into.get(key)
        const nested: Gaps = known instanceof Map ? known : new Map()
        into.set(key, nested)
        return isObjectType(below) && collect(selection.selectionSet, below, nested)
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)
      const condition = fragment?.typeCondition && schema.getType(fragment.typeCondition.name.value)
      if (!fragment || fragment.directives?.length) return false
      const applies =
        !condition ||
        condition === parent ||
        (!isObjectType(condition) && 'getFields' in condition && schema.isSubType(condition as never, parent))
      return !applies || collect(fragment.selectionSet, parent, into)
    })
  }
}

/** The template that an answer is an example of. */
export function toTemplate(answer: unknown, gaps: Gaps): AnswerTemplate {
  const pieces: string[] = ['']
  const owns: OwnValue[] = []
  const say = (text: string) => {
    pieces[pieces.length - 1] += text
  }
  write(answer, gaps)
  return { pieces, gaps: owns }

  function write(value: unknown, below: Gaps | undefined): void {
    if (!below?.size || typeof value !== 'object' || value === null) {
      say(JSON.stringify(value))
      return
    }
    let separator = '{'
    for (const [key, item] of Object.entries(value)) {
      say(`${separator}${JSON.stringify(key)}:`)
      separator = ','
      const own = below.get(key)
      if (typeof own === 'function') {
        owns.push(own)
        pieces.push('')
      } else write(item, own)
    }
    say('}')
  }
}

/** The answer for one of those who are told, as JSON. */
export function fill({ pieces, gaps }: AnswerTemplate, event: StreamEvent, context: Context): string {
  let text = pieces[0] ?? ''
  for (let i = 0; i < gaps.length; i++) {
    const value = gaps[i]?.(event, context) ?? null
    // What is no text needs no quotes, and cursors and ids no escapes; a clientMessageId may.
    text += typeof value === 'string' ? JSON.stringify(value) : String(value)
    text += pieces[i + 1]
  }
  return text
}
