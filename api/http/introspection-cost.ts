import {
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'

/** How many items the lists of the introspection types have, on average. */
const listSizes: Readonly<Record<string, number>> = {
  fields: 6,
  args: 1.5,
  inputFields: 1,
  enumValues: 1,
  interfaces: 0.5,
  possibleTypes: 0.5,
  directives: 5,
  locations: 3,
  // Most types are wrapped once, if at all, and a chain ends where there is nothing more.
  ofType: 0.5,
}

/** Of one field: what tools ask for fits into an operation once. */
const fieldCost = 4

/** What an operation's `__schema` and `__type` cost beyond being root fields; the types of the introspection say nothing of it. */
export function introspectionCost(
  operation: OperationDefinitionNode,
  document: DocumentNode,
  schema: GraphQLSchema,
): number {
  const types = Object.keys(schema.getTypeMap()).length
  const fragments = new Map<string, SelectionSetNode>()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition.selectionSet)
  }
  const known = new Map<SelectionSetNode, number>()

  // Validation has refused circular fragments.
  function costOf(selectionSet: SelectionSetNode | undefined, isRoot: boolean): number {
    if (!selectionSet) return 0
    const before = known.get(selectionSet)
    if (before !== undefined) return before
    let cost = 0
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) cost += costOf(selection.selectionSet, isRoot)
      else if (selection.kind === Kind.FRAGMENT_SPREAD) cost += costOf(fragments.get(selection.name.value), isRoot)
      else if (!isRoot || selection.name.value.startsWith('__')) {
        const name = selection.name.value
        // Root fields are counted like all others already.
        cost +=
          (isRoot ? 0 : fieldCost) +
          (name === 'types' ? types : (listSizes[name] ?? 1)) * costOf(selection.selectionSet, false)
      }
    }
    known.set(selectionSet, cost)
    return cost
  }

  return Math.round(costOf(operation.selectionSet, true))
}
