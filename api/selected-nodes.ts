import { queryFromInfo } from '@pothos/plugin-prisma'
import { BREAK, type FieldNode, type GraphQLResolveInfo, type OperationDefinitionNode, visit } from 'graphql'
import type { Context } from './context.ts'
import { type Selection, selectionOf } from './rows/wanted.ts'

/** By the field of a document that asks for a page; documents are parsed once. */
const known = new WeakMap<FieldNode, Selection>()

/**
 * What an operation selects of a page's nodes. Worked out once for each document: it has no arguments (loaded-fields.ts), so it is
 * the same for everybody but for who is looking, and with variables only where directives have some.
 */
export function selectedNodes<M extends string>(
  modelName: M,
  context: Context,
  info: GraphQLResolveInfo,
): Selection<M> {
  const { fieldNodes, operation } = info
  const [node, ...more] = fieldNodes
  const userId = context.viewer?.kind === 'user' ? context.viewer.userId : null
  const found = node && known.get(node)
  // A field stands in one place of the schema, whose model it was worked out for.
  if (found && userId !== null) return { ...found, modelName, userId }
  const selection = selectionOf(modelName, queryFromInfo({ context, info, path: ['edges', 'node'] }))
  const isForAll = more.length === 0 && (selection.userId === null || selection.userId === userId)
  if (node && isForAll && !hasDirectives(operation, info.fragments)) known.set(node, selection)
  return selection
}

function hasDirectives(operation: OperationDefinitionNode, fragments: GraphQLResolveInfo['fragments']): boolean {
  let found = false
  const look = {
    Directive() {
      found = true
      return BREAK
    },
  }
  for (const node of [operation, ...Object.values(fragments)]) visit(node, look)
  return found
}
