import type { Database } from '../db.ts'
import type { Plan, PlannedRelation } from './wanted.ts'

type Provider = Database['provider']

/** A row as it comes out of the database's JSON. */
export type RawRow = Record<string, unknown>

/** How a plan's rows are read, and made of what was read. */
export interface RowSql {
  /** Gives one row with one value: the rows as a JSON array. */
  text: string
  /** Makes a row what it is to be. */
  finish(row: RawRow): void
}

/**
 * The statement that reads all that a plan wants at once, as JSON: the database puts rows together in less time than a driver and
 * this process take for each value of each.
 *
 * @param from what stands behind FROM, with the model's table as `t`, and $1, $2 … as its parameters
 * @param user the parameter that is whose rows are read, where the plan asks for somebody's
 */
export function rowSql(provider: Provider, plan: Plan, from: string, user: number): RowSql {
  const isPostgres = provider === 'postgresql'
  let tables = 0

  /** Both databases have what an inner query puts in order in that order. */
  const listOf = (row: string, rows: string) =>
    isPostgres
      ? `SELECT coalesce(json_agg(n), '[]') AS "rows" FROM (${rows}) n`
      : `SELECT json_group_array(${row}) AS "rows" FROM (${rows}) n`
  const oneOf = (row: string, rows: string) => `SELECT ${isPostgres ? 'row_to_json(n)' : row} FROM (${rows}) n`

  /** A row of the query that is called n, for SQLite, which has no rows in JSON. */
  function jsonOf({ model, columns, relations }: Plan): string {
    const values = columns.map((name) =>
      model.columns.get(name) === 'boolean'
        ? `'${name}', json(CASE n."${name}" WHEN 1 THEN 'true' WHEN 0 THEN 'false' END)`
        : `'${name}', n."${name}"`,
    )
    return `json_object(${[...values, ...relations.map(({ name }) => `'${name}', json(n."${name}")`)].join(', ')})`
  }

  function rowsOf({ columns, relations }: Plan, table: string, behindFrom: string): string {
    const values = [
      ...columns.map((name) => `${table}."${name}"`),
      ...relations.map((one) => `(${related(one, table)}) AS "${one.name}"`),
    ]
    return `SELECT ${values.join(', ')} FROM ${behindFrom}`
  }

  function related({ relation, plan, where, orderBy }: PlannedRelation, parent: string): string {
    const table = `t${++tables}`
    const conditions = [
      `${table}."${relation.to}" = ${parent}."${relation.from}"`,
      ...where.map(({ column, is }) => `${table}."${column}" ${is === 'null' ? 'IS NULL' : `= $${user}`}`),
    ]
    const order = orderBy.map(({ column, direction }) => `${table}."${column}" ${direction}`)
    const rows = rowsOf(
      plan,
      table,
      `"${relation.model}" ${table} WHERE ${conditions.join(' AND ')}${order.length > 0 ? ` ORDER BY ${order.join(', ')}` : ''}`,
    )
    return relation.isList ? listOf(jsonOf(plan), rows) : oneOf(jsonOf(plan), rows)
  }

  const text = listOf(jsonOf(plan), rowsOf(plan, 't', from))
  return { text: isPostgres ? text : text.replaceAll(/\$(\d+)/g, '?$1'), finish: finisher(plan) }
}

/** A row's times become ISO 8601, as they go into answers: to make a Date of each and a text of that again takes longer than all else. */
function finisher({ model, columns, relations }: Plan): RowSql['finish'] {
  const dates = columns.filter((name) => model.columns.get(name) === 'date')
  const below = relations.map(({ name, plan }) => ({ name, finish: finisher(plan) }))
  return (row) => {
    for (const name of dates) {
      const text = row[name]
      if (text !== null) row[name] = isoTime(String(text))
    }
    for (const { name, finish } of below) {
      const value = row[name] as RawRow | RawRow[] | null
      if (Array.isArray(value)) value.forEach(finish)
      else if (value !== null) finish(value)
    }
  }
}

/**
 * A time of the database's JSON: always UTC. PostgreSQL doesn't say so, and leaves out zeros at the end; SQLite has milliseconds and an
 * offset, as they were written.
 */
function isoTime(text: string): string {
  switch (text.length) {
    case 19:
      return `${text}.000Z`
    case 21:
      return `${text}00Z`
    case 22:
      return `${text}0Z`
    default:
      return `${text.slice(0, 23)}Z`
  }
}
