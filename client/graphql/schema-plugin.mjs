import { isInterfaceType, isListType, isNonNullType, isObjectType, isUnionType } from 'graphql'

/**
 * Codegen plugin: the introspection graphcache's schema awareness reads, and nothing more (no descriptions, arguments,
 * inputs or enums; every leaf is one scalar "Any"). About a tenth of the whole introspection.
 */
export const plugin = (schema) => {
  const abstractOrObject = (type) => isObjectType(type) || isInterfaceType(type) || isUnionType(type)
  const typeRef = (type) => {
    if (isNonNullType(type)) return { kind: 'NON_NULL', ofType: typeRef(type.ofType) }
    if (isListType(type)) return { kind: 'LIST', ofType: typeRef(type.ofType) }
    if (!abstractOrObject(type)) return { kind: 'SCALAR', name: 'Any' }
    return { kind: kindOf(type), name: type.name }
  }
  const types = Object.values(schema.getTypeMap())
    .filter((type) => abstractOrObject(type) && !type.name.startsWith('__'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((type) => ({
      kind: kindOf(type),
      name: type.name,
      ...(isUnionType(type)
        ? {}
        : {
            fields: Object.values(type.getFields()).map((field) => ({
              name: field.name,
              type: typeRef(field.type),
              args: [],
            })),
            interfaces: type.getInterfaces().map(({ name }) => ({ kind: 'INTERFACE', name })),
          }),
      ...(isObjectType(type)
        ? {}
        : { possibleTypes: schema.getPossibleTypes(type).map(({ name }) => ({ kind: 'OBJECT', name })) }),
    }))
  const introspection = {
    __schema: {
      queryType: { name: schema.getQueryType()?.name },
      mutationType: { name: schema.getMutationType()?.name },
      subscriptionType: { name: schema.getSubscriptionType()?.name },
      types: [...types, { kind: 'SCALAR', name: 'Any' }],
    },
  }
  // A JSON string parses faster than an object literal of this size, and TypeScript needn't infer its type.
  return JSON.stringify(introspection)
}

const kindOf = (type) => (isObjectType(type) ? 'OBJECT' : isInterfaceType(type) ? 'INTERFACE' : 'UNION')
