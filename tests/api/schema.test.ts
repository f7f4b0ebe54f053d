import { readFileSync } from 'node:fs'
import { buildSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType, isUnionType } from 'graphql'
import { describe, expect, it } from 'vitest'

const schema = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'))
const own = Object.values(schema.getTypeMap()).filter(
  ({ name }) => !name.startsWith('__') && !['String', 'Int', 'Boolean', 'ID', 'Float'].includes(name),
)

describe('the public schema', () => {
  it('describes every type, field, argument and value', () => {
    const bare: string[] = []
    const look = (path: string, { description }: { description?: string | null | undefined }) => {
      if (!description?.trim()) bare.push(path)
    }
    for (const type of own) {
      look(type.name, type)
      if (isEnumType(type)) for (const value of type.getValues()) look(`${type.name}.${value.name}`, value)
      if (isInputObjectType(type))
        for (const field of Object.values(type.getFields())) look(`${type.name}.${field.name}`, field)
      if (isObjectType(type) || isInterfaceType(type)) {
        for (const field of Object.values(type.getFields())) {
          look(`${type.name}.${field.name}`, field)
          for (const arg of field.args) look(`${type.name}.${field.name}(${arg.name})`, arg)
        }
      }
    }
    expect(bare).toEqual([])
  })

  it('has only types that are used', () => {
    const reachable = new Set<string>()
    const visit = (name: string) => {
      if (reachable.has(name)) return
      reachable.add(name)
      const type = schema.getType(name)
      const named = (ref: { toString(): string }) => visit(ref.toString().replace(/[[\]!]/g, ''))
      if (isUnionType(type)) for (const member of type.getTypes()) named(member)
      if (isInputObjectType(type)) for (const field of Object.values(type.getFields())) named(field.type)
      if (isObjectType(type) || isInterfaceType(type)) {
        if (isInterfaceType(type)) for (const object of schema.getPossibleTypes(type)) named(object)
        for (const face of type.getInterfaces()) named(face)
        for (const field of Object.values(type.getFields())) {
          named(field.type)
          for (const arg of field.args) named(arg.type)
        }
      }
    }
    for (const root of ['Query', 'Mutation', 'Subscription']) visit(root)
    expect(own.map(({ name }) => name).filter((name) => !reachable.has(name))).toEqual([])
  })
})
