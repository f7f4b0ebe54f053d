import type { Database } from './db.ts'

type Provider = Database['provider']

/** A hand-written statement; by its name PostgreSQL keeps it prepared, so one name is always one text. */
export interface Statement {
  name: string
  text: string
}

/** Runs hand-written statements. Times come as Date on PostgreSQL; SQLite has them as text. */
export interface Sql {
  run<Row>(statement: Statement, values: readonly unknown[]): Promise<Row[]>
}

/** PostgreSQL's types of the columns that a statement's rows have. */
export type Columns = Readonly<Record<string, string>>

/**
 * Any number of rows as one parameter, a JSON array of objects: what stands behind FROM, as a table named `r`. What a row leaves
 * out is null. As many parameters as there are values would cost more to bind than all the rest.
 */
export function rowsAs(provider: Provider, columns: Columns, parameter: number): string {
  if (provider === 'postgresql') {
    const types = Object.entries(columns).map(([name, type]) => `"${name}" ${type}`)
    return `json_to_recordset($${parameter}::json) AS r(${types.join(', ')})`
  }
  const values = Object.keys(columns).map((name) => `value ->> '${name}' AS "${name}"`)
  return `(SELECT ${values.join(', ')} FROM json_each(?${parameter})) AS r`
}

/**
 * The condition that a column holds one of the values of a JSON array, which is one parameter. As an array PostgreSQL looks each up by
 * the index; as a subquery of, as it thinks, a hundred rows it would rather read all of a table of some thousands.
 */
export const isAmong = (provider: Provider, column: string, parameter: number): string =>
  provider === 'postgresql'
    ? `${column} = ANY (ARRAY(SELECT json_array_elements_text($${parameter}::json)))`
    : `${column} IN (SELECT value FROM json_each(?${parameter}))`

/** The rows as `rowsAs` reads them. */
export const toParameter = (provider: Provider, rows: readonly object[]): string =>
  JSON.stringify(provider === 'postgresql' ? rows : rows.map(asSqlite))

/** Times as the driver adapter writes them: they are compared as text. */
const asSqlite = (row: object) =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, value instanceof Date ? sqliteTime(value) : value]),
  )

/** A time as a parameter that a column of times is compared with. */
export const timeAsParameter = (provider: Provider, time: Date): string =>
  provider === 'postgresql' ? time.toISOString() : sqliteTime(time)

/** A time as SQLite has it. */
const sqliteTime = (time: Date): string => time.toISOString().replace('Z', '+00:00')
