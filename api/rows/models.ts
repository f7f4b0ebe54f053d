import { getDatamodel } from '../../prisma/generated/postgresql/pothos-types.ts'

/** A table, as far as reading it needs. */
export interface Model {
  columns: ReadonlyMap<string, Column>
  columnNames: readonly string[]
  relations: ReadonlyMap<string, Relation>
}

type Column = 'date' | 'boolean' | 'other'

export interface Relation {
  model: string
  isList: boolean
  /** The columns that are the same: one of this model, one of the other. */
  from: string
  to: string
}

/** Every relation is by this column of the other table. */
const key = 'id'

function readModels(): Map<string, Model> {
  const described = getDatamodel().datamodel.models
  const read = new Map<string, Model>()
  for (const [name, { fields }] of Object.entries(described)) {
    const columns = new Map<string, Column>()
    const relations = new Map<string, Relation>()
    for (const field of fields) {
      if (field.kind !== 'object') columns.set(field.name, kindOf(field.type))
      else {
        const { type: model, isList } = field
        const back = described[model]?.fields.find(
          (other) => other.kind === 'object' && other.relationName === field.relationName && other !== field,
        )
        const [own] = field.relationFromFields ?? []
        const [theirs] = back?.relationFromFields ?? []
        if (own) relations.set(field.name, { model, isList, from: own, to: key })
        else if (theirs) relations.set(field.name, { model, isList, from: key, to: theirs })
      }
    }
    read.set(name, { columns, columnNames: [...columns.keys()], relations })
  }
  return read
}

const kindOf = (type: string): Column => (type === 'DateTime' ? 'date' : type === 'Boolean' ? 'boolean' : 'other')

/** The models by their names, as prisma/models.prisma has them. */
export const models: ReadonlyMap<string, Model> = readModels()
