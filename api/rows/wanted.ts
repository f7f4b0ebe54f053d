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
  /** Whose rows are read where a relation is narrowed to somebody's. */
  userId: string | null
}

export interface Plan {
  model: Model
  columns: readonly string[]
  /** What is read by the same statement. */
  relations: readonly PlannedRelation[]
  /** What is read by one of its own, once for all rows that share it. */
  apart: readonly PlannedRelation[]
  /** Whether anything of it, or of what is read with it, is narrowed to a user's. */
  isOfUser: boolean
  /** Whether anything of it, or of what is read with it, is read apart. */
  hasApart: boolean
  /** What tells it from others of its model, as far as it is read by one statement. */
  key: string
}

export interface PlannedRelation {
  name: string
  relation: Relation
  plan: Plan
  where: readonly Condition[]
  orderBy: readonly { column: string; direction: 'ASC' | 'DESC' }[]
}

interface Condition {
  column: string
  is: 'null' | 'user'
}

interface Filter {
  where?: Readonly<Record<string, unknown>>
  orderBy?: readonly Readonly<Record<string, string>>[]
}

/** @throws for whatever of Prisma's queries isn't needed here */
export function selectionOf<M extends string>(modelName: M, wanted: Wanted): Selection<M> {
  const userIds = new Set<string>()
  const plan = planOf(modelName, wanted, userIds)
  const [userId = null, ...others] = userIds
  if (others.length > 0) throw new Error('rows of several people are wanted')
  return { modelName, plan, userId }
}

/** @param userIds to whose rows relations are narrowed is put here */
function planOf(modelName: string, wanted: Wanted, userIds: Set<string>): Plan {
  const model = models.get(modelName)
  if (!model) throw new Error(`there is no model ${modelName}`)
  const { select, include, ...others } = wanted
  if (Object.keys(others).length > 0) throw new Error(`what is ${Object.keys(others)} of a ${modelName}?`)
  const relations: PlannedRelation[] = []
  const apart: PlannedRelation[] = []
  for (const [name, want] of Object.entries({ ...select, ...include })) {
    if (!want || model.columns.has(name)) continue
    const relation = model.relations.get(name)
    if (!relation) throw new Error(`a ${modelName} has no ${name}`)
    const { where = {}, orderBy = [], ...nested } = want === true ? {} : (want as Wanted & Filter)
    const planned = {
      name,
      relation,
      plan: planOf(relation.model, nested, userIds),
      where: Object.entries(where).map(([column, value]) => conditionOf(column, value, userIds)),
      orderBy: orderBy.flatMap((one) =>
        Object.entries(one).map(([column, way]) => ({ column, direction: way === 'desc' ? 'DESC' : 'ASC' }) as const),
      ),
    }
    // A hundred messages of one chat would bring its thousand people a hundred times.
    const isLarge =
      !relation.isList && relation.to === 'id' && planned.plan.relations.some((below) => below.relation.isList)
    ;(isLarge ? apart : relations).push(planned)
  }
  const chosen = select ? Object.keys(select).filter((name) => select[name] && model.columns.has(name)) : null
  const keys = apart.map(({ relation }) => relation.from)
  return {
    model,
    columns: chosen ? [...new Set([...chosen, ...keys])] : model.columnNames,
    relations,
    apart,
    isOfUser: relations.some(({ where, plan }) => plan.isOfUser || where.some(({ is }) => is === 'user')),
    hasApart: apart.length > 0 || relations.some(({ plan }) => plan.hasApart),
    key: `${chosen ? [...chosen, ...keys] : ''}${relations.map((one) => `(${one.name}${JSON.stringify([one.where, one.orderBy])}${one.plan.key})`)}`,
  }
}

function conditionOf(column: string, value: unknown, userIds: Set<string>): Condition {
  if (value === null) return { column, is: 'null' }
  if (column !== 'userId' || typeof value !== 'string')
    throw new Error(`relations are narrowed to a user's, not by ${column}`)
  userIds.add(value)
  return { column, is: 'user' }
}
