import { type Model, models, type Relation } from './models.ts'

/** What is wanted of a model's rows beside its own columns, as Pothos puts it: Prisma's `include` and `select`. */
export interface Wanted {
  select?: Readonly<Record<string, unknown>>
  include?: Readonly<Record<string, unknown>>
}

/** The same of one model, ready to be read. */
export interface Selection<M extends string = string> {
  modelName: M
  plan: Plan
  /** What tells the plan from others of its model. */
  key: string
  /** What the plan compares with. */
  values: readonly unknown[]
}

export interface Plan {
  model: Model
  columns: readonly string[]
  relations: readonly PlannedRelation[]
}

export interface PlannedRelation {
  name: string
  relation: Relation
  plan: Plan
  /** Which of the rows: a column and its value, as one of the values of the whole. */
  where: readonly { column: string; value: number | null }[]
  orderBy: readonly { column: string; direction: 'ASC' | 'DESC' }[]
}

/** @throws for whatever of Prisma's queries isn't needed here */
export function selectionOf<M extends string>(modelName: M, wanted: Wanted): Selection<M> {
  const values: unknown[] = []
  const plan = planOf(modelName, wanted, values)
  return { modelName, plan, key: describe(plan), values }
}

const describe = ({ columns, model, relations }: Plan): string => {
  const own = columns === model.columnNames ? '' : columns.join()
  return `${own}${relations.map((one) => `(${one.name}${JSON.stringify([one.where, one.orderBy])}${describe(one.plan)})`)}`
}

/** @param values what it compares with is put here; `where` has the places */
function planOf(modelName: string, wanted: Wanted, values: unknown[]): Plan {
  const model = models.get(modelName)
  if (!model) throw new Error(`there is no model ${modelName}`)
  const { select, include, ...others } = wanted
  if (Object.keys(others).length > 0) throw new Error(`what is ${Object.keys(others)} of a ${modelName}?`)
  const relations: PlannedRelation[] = []
  for (const [name, want] of Object.entries({ ...select, ...include })) {
    if (!want || model.columns.has(name)) continue
    const relation = model.relations.get(name)
    if (!relation) throw new Error(`a ${modelName} has no ${name}`)
    const { where = {}, orderBy = [], ...nested } = want === true ? {} : (want as Wanted & Filter)
    const conditions = Object.entries(where).map(([column, value]) => {
      if (value !== null && typeof value !== 'string') throw new Error(`only equality is known, and not of ${column}`)
      return { column, value: value === null ? null : values.push(value) - 1 }
    })
    relations.push({
      name,
      relation,
      plan: planOf(relation.model, nested, values),
      where: conditions,
      orderBy: orderBy.flatMap((one) =>
        Object.entries(one).map(([column, way]) => ({ column, direction: way === 'desc' ? 'DESC' : 'ASC' }) as const),
      ),
    })
  }
  return {
    model,
    columns: select ? Object.keys(select).filter((name) => select[name] && model.columns.has(name)) : model.columnNames,
    relations,
  }
}

interface Filter {
  where?: Readonly<Record<string, unknown>>
  orderBy?: readonly Readonly<Record<string, string>>[]
}
