import { readdirSync, readFileSync } from 'node:fs'
import {
  buildSchema,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isUnionType,
} from 'graphql'
import { describe, expect, it } from 'vitest'

const schema = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'))
const builtIn = ['String', 'Int', 'Boolean', 'ID', 'Float']
const own = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__') && !builtIn.includes(name))

interface Part {
  /** "Type", "Type.field", "Type.field(argument:)" or "Enum.VALUE". */
  coordinate: string
  description: string
  /** What it gives or takes; null for a type or an enum's value. */
  type: GraphQLInputType | GraphQLOutputType | null
  /** Whether a client fills it in. */
  isInput: boolean
}

/** Everything of the schema that has a description. */
const parts: Part[] = own.flatMap((type) => {
  const part = (
    coordinate: string,
    of: { description?: string | null | undefined },
    type: Part['type'],
    isInput = false,
  ) => ({
    ...{ coordinate, type, isInput },
    description: of.description?.trim() ?? '',
  })
  const list = [part(type.name, type, null)]
  if (isEnumType(type)) for (const value of type.getValues()) list.push(part(`${type.name}.${value.name}`, value, null))
  if (isInputObjectType(type))
    for (const field of Object.values(type.getFields()))
      list.push(part(`${type.name}.${field.name}`, field, field.type, true))
  if (isObjectType(type) || isInterfaceType(type)) {
    for (const field of Object.values(type.getFields())) {
      list.push(part(`${type.name}.${field.name}`, field, field.type))
      for (const arg of field.args) list.push(part(`${type.name}.${field.name}(${arg.name}:)`, arg, arg.type, true))
    }
  }
  return list
})
const named = (...names: string[]) => parts.filter(({ type }) => type && names.includes(getNamedType(type).name))
/** Those that break a rule, as a reader of the failure wants them. */
const without = (some: readonly Part[], rule: RegExp) =>
  some
    .filter(({ description }) => !rule.test(description))
    .map(({ coordinate, description }) => `${coordinate}: ${description}`)

const rootFields = ['Query', 'Mutation', 'Subscription'].flatMap((name) => {
  const type = schema.getType(name)
  if (!isObjectType(type)) throw new Error(`no ${name}`)
  return Object.values(type.getFields()).map((field) => ({ coordinate: `${name}.${field.name}`, field }))
})
const describedAs = (rule: RegExp, among: readonly { coordinate: string; field: GraphQLField<unknown, unknown> }[]) =>
  among.filter(({ field }) => !rule.test(field.description ?? '')).map(({ coordinate }) => coordinate)

describe('the public schema', () => {
  it('describes every type, field, argument and value, in sentences', () => {
    expect(parts.length).toBeGreaterThan(300)
    expect(without(parts, /\S.*[.]$/s)).toEqual([])
  })

  it('says of every operation with which codes it is refused, and why', () => {
    // FORBIDDEN is for somebody everywhere: whom each opens to stands in tests/api/access/rules.ts.
    expect(describedAs(/Errors: FORBIDDEN\b.*\.$/s, rootFields)).toEqual([])
    const reasonless = /(FORBIDDEN|BAD_USER_INPUT)(?! (?:for|where|without|when|beyond) |, (?:the same|also) )/
    expect(
      rootFields.filter(({ field }) => reasonless.test(field.description ?? '')).map((one) => one.coordinate),
    ).toEqual([])
    const paged = rootFields.filter(({ field }) => field.args.some(({ name }) => name === 'after'))
    expect(describedAs(/BAD_USER_INPUT for .*cursor/, paged)).toEqual([])
  })

  it('says of every mutation what a retry does', () => {
    const mutations = rootFields.filter(({ coordinate }) => coordinate.startsWith('Mutation.'))
    expect(describedAs(/\bIdempotent\b|\bExactly once\b/, mutations)).toEqual([])
  })

  it('says of every number what it counts, and in which unit', () => {
    const units =
      /how (many|often)|in (how many|milliseconds|UTF-16 code units)|`seq`|\bnumber\b|from the start|from the end/i
    expect(without(named('Int', 'Float'), units)).toEqual([])
    for (const { coordinate, description } of named('Int', 'Float')) {
      if (/Ms\b/.test(coordinate)) expect(description, coordinate).toMatch(/milliseconds/)
    }
  })

  it('says of every string that a client gives how long it may be, or what it names', () => {
    const given = named('String', 'ID').filter(({ isInput }) => isInput)
    expect(without(given, /\bcharacters\b|\bcursor\b|\b[iI]ds?\b/)).toEqual([])
  })

  it('has one kind of time: ISO 8601 in UTC, and every field of it says when', () => {
    expect(schema.getType('DateTime')?.description).toMatch(/ISO 8601, UTC, milliseconds/)
    const times = parts.filter(({ coordinate }) => /(\.at|At)$/.test(coordinate))
    expect(times.length).toBeGreaterThan(10)
    expect(times.filter((one) => !named('DateTime').includes(one))).toEqual([])
    expect(without(named('DateTime'), /^When /)).toEqual([])
  })

  it('says of every scalar of its own by which specification it is written', () => {
    const scalars = own.filter(isScalarType)
    expect(scalars.map(({ name, specifiedByURL }) => [name, specifiedByURL])).toEqual([
      ['DateTime', expect.stringMatching(/^https:\/\//)],
    ])
  })

  it('pages every list that can grow as a Relay connection', () => {
    for (const connection of own.filter(({ name }) => name.endsWith('Connection'))) {
      if (!isObjectType(connection)) throw new Error(`${connection.name} is no object`)
      const fields = connection.getFields()
      expect(`${fields.pageInfo?.type}`).toBe('PageInfo!')
      const edge = fields.edges ? getNamedType(fields.edges.type) : null
      expect(isObjectType(edge) && Object.keys(edge.getFields()).sort()).toEqual(['cursor', 'node'])
    }
    const paged = parts.filter(({ type }) => type && getNamedType(type).name.endsWith('Connection'))
    for (const { coordinate } of paged) {
      const args = parts.filter((one) => one.coordinate.startsWith(`${coordinate}(`)).map((one) => one.coordinate)
      expect(args).toEqual(
        expect.arrayContaining(['first', 'after', 'last', 'before'].map((name) => `${coordinate}(${name}:)`)),
      )
    }
  })

  it('has only types that are used', () => {
    const reachable = new Set<string>()
    const visit = (name: string) => {
      if (reachable.has(name)) return
      reachable.add(name)
      const type = schema.getType(name)
      if (isUnionType(type)) for (const member of type.getTypes()) visit(member.name)
      if (isInterfaceType(type)) for (const object of schema.getPossibleTypes(type)) visit(object.name)
      if (isObjectType(type)) for (const face of type.getInterfaces()) visit(face.name)
      for (const one of parts) {
        if (one.type && one.coordinate.startsWith(`${name}.`)) visit(getNamedType(one.type).name)
      }
    }
    for (const root of ['Query', 'Mutation', 'Subscription']) visit(root)
    expect(own.map(({ name }) => name).filter((name) => !reachable.has(name))).toEqual([])
  })

  it('is kept for every release', () => {
    const folder = new URL('../../docs/releases/', import.meta.url)
    const releases = readdirSync(folder).filter((name) => name.endsWith('.graphql'))
    expect(releases.length).toBeGreaterThan(0)
    for (const name of releases) buildSchema(readFileSync(new URL(name, folder), 'utf8'))
  })
})
