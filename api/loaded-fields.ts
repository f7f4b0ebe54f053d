import { type GraphQLField, type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql'
import type { Context } from './context.ts'

type Resolver = GraphQLFieldResolver<Record<string, unknown>, Context>

/** Says of a field, in its extensions, which relation of its row it is made of; where Pothos can't know it. */
export const isOf = (relation: string) => ({ relation })

/**
 * Lets fields take what their row already has. Pothos would look into its plan of the operation first, for each field of each row,
 * because one relation may be selected with several arguments. No relation here takes any, so a row that has it has the right one;
 * for one that hasn't, Pothos loads it.
 */
export function resolveFromRows(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue
    for (const field of Object.values(type.getFields())) {
      const relation = relationOf(field)
      const { resolve: load } = field
      if (relation === undefined || !load || field.args.length > 0) continue
      const { resolve: take } = field.extensions.pothosConfig as { resolve: Resolver }
      const resolve: Resolver = (row, ...others) => (row[relation] === undefined ? load : take)(row, ...others)
      field.resolve = resolve
    }
  }
}

function relationOf({ extensions }: GraphQLField<unknown, Context>): string | undefined {
  const { relation, pothosPrismaRelationField } = extensions as {
    relation?: string
    pothosPrismaRelationField?: { name: string }
  }
  return relation ?? pothosPrismaRelationField?.name
}
