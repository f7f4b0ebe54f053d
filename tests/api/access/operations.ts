import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isAbstractType,
  isInputObjectType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql'
import { schema } from '../../../api/schema.ts'

/** A field that operations begin with. */
export interface Root {
  /** "Query.chat". */
  coordinate: string
  kind: 'query' | 'mutation' | 'subscription'
  field: GraphQLField<unknown, unknown>
}

export const allRoots: readonly Root[] = (['query', 'mutation', 'subscription'] as const).flatMap((kind) => {
  const type = schema.getRootType(kind as never)
  return Object.values(type?.getFields() ?? {}).map((field) => ({
    coordinate: `${type?.name}.${field.name}`,
    kind,
    field,
  }))
})

/** Every field of every type that isn't a root, as "Type.field". */
export const allFields: readonly string[] = Object.values(schema.getTypeMap())
  .filter((type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'))
  .filter((type) => !['Query', 'Mutation', 'Subscription'].includes(type.name))
  .flatMap((type) => Object.keys(type.getFields()).map((name) => `${type.name}.${name}`))

/** A way from a type down to an object, and all that this object itself has to show. */
export interface Path {
  /** The fields on the way, as "Type.field". */
  steps: readonly string[]
  selection: string
}

/** Arguments of fields below the root, where they have any of these. */
const nestedArguments: Readonly<Record<string, string>> = { first: '10' }

/**
 * All ways through the type graph, however nested. A field is walked once on a way, so that circles end; `levels` bounds the
 * rest.
 *
 * @param only of an abstract type, the object type that is known to come
 */
export function pathsFrom(
  type: GraphQLNamedType,
  levels: number,
  only?: string,
  walked: readonly string[] = [],
): Path[] {
  if (isLeafType(type)) return [{ steps: [], selection: '' }]
  if (isAbstractType(type)) {
    return schema
      .getPossibleTypes(type)
      .filter(({ name }) => only === undefined || name === only)
      .flatMap((object) => pathsFrom(object, levels, undefined, walked))
      .map(({ steps, selection }) => ({ steps, selection: `{ ... on ${steps[0]?.split('.')[0]} ${selection} }` }))
  }
  if (!isObjectType(type)) throw new Error(`${type.name} is no output type`)
  const fields = Object.values(type.getFields())
  const leaves = fields.filter((field) => isLeafType(getNamedType(field.type)))
  const here = leaves.map(({ name }) => name).join(' ')
  const own = { steps: [`${type.name}.${leaves[0]?.name ?? '__typename'}`], selection: `{ __typename ${here} }` }
  const below = levels === 0 ? [] : fields.filter((field) => !leaves.includes(field)).flatMap(walk)
  return [own, ...below]

  function walk(field: GraphQLField<unknown, unknown>): Path[] {
    const coordinate = `${type.name}.${field.name}`
    if (walked.includes(coordinate)) return []
    return pathsFrom(getNamedType(field.type), levels - 1, undefined, [...walked, coordinate]).map((path) => ({
      steps: [coordinate, ...path.steps],
      selection: `{ ${field.name}${literalArguments(coordinate, field.args)} ${path.selection} }`,
    }))
  }
}

function literalArguments(coordinate: string, args: readonly GraphQLArgument[]): string {
  const given = args.flatMap((arg) => {
    const value = nestedArguments[arg.name]
    if (value === undefined && isRequiredArgument(arg)) throw new Error(`no value for ${coordinate}(${arg.name}:)`)
    return value === undefined ? [] : [`${arg.name}: ${value}`]
  })
  return given.length > 0 ? `(${given.join(', ')})` : ''
}

/** One selection that goes all the ways at once. */
export const merged = (paths: readonly Path[]): string => {
  const inner = paths.map(({ selection }) => selection.replace(/^\{ ?/, '').replace(/ ?\}$/, ''))
  return inner.join('').trim() === '' ? '' : `{ ${inner.join(' ')} }`
}

/** Values of arguments and of the fields of inputs, by their names. */
export type Values = Readonly<Record<string, unknown>>

/** A call of a root field, and the variables that it takes. */
export interface Call {
  definitions: string[]
  text: string
  variables: Record<string, unknown>
}

/** Fills a root field's arguments. @throws where a required one has no value: the table of values needs an entry for it */
export function callOf(root: Root, values: Values, selection: string, alias?: string): Call {
  const definitions: string[] = []
  const given: string[] = []
  const variables: Record<string, unknown> = {}
  for (const arg of root.field.args) {
    const value = inputOf(`${root.coordinate}(${arg.name}:)`, arg, isRequiredArgument(arg), values)
    if (value === undefined) continue
    const variable = `${alias ?? ''}_${arg.name}`
    definitions.push(`$${variable}: ${arg.type}`)
    given.push(`${arg.name}: $${variable}`)
    variables[variable] = value
  }
  const args = given.length > 0 ? `(${given.join(', ')})` : ''
  return { definitions, variables, text: `${alias ? `${alias}: ` : ''}${root.field.name}${args} ${selection}` }
}

function inputOf(
  where: string,
  { name, type }: { name: string; type: GraphQLInputType },
  required: boolean,
  values: Values,
): unknown {
  if (values[name] !== undefined) return values[name]
  const inner = getNullableType(type)
  const object = isListType(inner) ? getNullableType(inner.ofType) : inner
  if (!isInputObjectType(object)) {
    if (required) throw new Error(`no value for ${where}`)
    return undefined
  }
  const value = Object.fromEntries(
    Object.values(object.getFields())
      .map((field) => [field.name, inputOf(`${where}.${field.name}`, field, isRequiredInputField(field), values)])
      .filter(([, one]) => one !== undefined),
  )
  return isListType(inner) ? [value] : value
}

export interface Operation {
  kind: Root['kind']
  query: string
  variables: Record<string, unknown>
}

/** How a root field can be asked for: as it is, in an inline fragment, in a named one. */
export const shapes = {
  plain: (_type: string, text: string) => `{ ${text} }`,
  inline: (type: string, text: string) => `{ ... { ... on ${type} { ${text} } } }`,
  named: (type: string, text: string) => `{ ...A } fragment A on ${type} { ...B } fragment B on ${type} { ${text} }`,
} as const
export type Shape = keyof typeof shapes

export function operationOf(root: Root, calls: readonly Call[], shape: Shape): Operation {
  const [type = ''] = root.coordinate.split('.')
  const definitions = calls.flatMap((call) => call.definitions)
  const head = `${root.kind}${definitions.length > 0 ? ` (${definitions.join(', ')})` : ''}`
  return {
    kind: root.kind,
    query: `${head} ${shapes[shape](type, calls.map(({ text }) => text).join(' '))}`,
    variables: Object.assign({}, ...calls.map(({ variables }) => variables)),
  }
}
