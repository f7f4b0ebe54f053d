import type { Chat, Message, Notification, User } from '../../prisma/generated/postgresql/client/client.ts'
import type { Database } from '../db.ts'
import type { Statement } from '../sql.ts'
import { type RawRow, type RowSql, rowSql } from './row-sql.ts'
import { type Selection, selectionOf, type Wanted } from './wanted.ts'

/** A row with its times as ISO 8601. */
type Row<Model> = { [K in keyof Model]: Model[K] extends Date | null ? Exclude<Model[K], Date> | string : Model[K] }

interface Models {
  Chat: Row<Chat>
  Message: Row<Message>
  Notification: Row<Notification>
  User: Row<User>
}

/** Where rows are read from. */
export interface Source {
  /** What stands behind FROM, with the model's table as `t`, and $1, $2 … as its parameters. Of few different texts. */
  from: string
  values: readonly unknown[]
}

/** The first `limit` of them, after `skip`. */
export const limited = ({ from, values }: Source, limit: number, skip = 0): Source => ({
  from: `${from} LIMIT $${values.length + 1} OFFSET $${values.length + 2}`,
  values: [...values, limit, skip],
})

/**
 * Reads rows with all that is wanted of them, in one hand-written statement on both databases: what Prisma's findMany gives,
 * in a tenth of the time. Who may see them is the caller's to know.
 */
export interface Rows {
  read<M extends keyof Models>(selection: Selection<M>, source: Source): Promise<Models[M][]>
  /** @throws where there is none */
  one<M extends keyof Models>(model: M, wanted: Wanted, id: string): Promise<Models[M]>
}

/**
 * Clients choose what is selected, so there may be any number of statements. So many are remembered, and kept prepared by
 * PostgreSQL, where nothing forgets one; further ones are made anew each time.
 */
const maxKept = 200

export function createRows({ provider, sql }: Pick<Database, 'provider' | 'sql'>): Rows {
  const kept = new Map<string, RowSql & { statement: Statement }>()

  function statementOf({ modelName, plan, key }: Selection, { from, values }: Source) {
    const whole = `${modelName} ${key} ${from}`
    const found = kept.get(whole)
    if (found) return found
    const made = rowSql(provider, plan, from, values.length + 1)
    const name = kept.size < maxKept ? `rows${kept.size}` : ''
    const entry = { ...made, statement: { name, text: made.text } }
    if (name) kept.set(whole, entry)
    return entry
  }

  const rows: Rows = {
    async read<M extends keyof Models>(selection: Selection<M>, source: Source) {
      const { statement, finish } = statementOf(selection, source)
      const [result] = await sql.run<{ rows: RawRow[] | string }>(statement, [...source.values, ...selection.values])
      const found = typeof result?.rows === 'string' ? (JSON.parse(result.rows) as RawRow[]) : (result?.rows ?? [])
      found.forEach(finish)
      // By its plan each has the model's columns.
      return found as unknown as Models[M][]
    },
    async one(model, wanted, id) {
      const [row] = await rows.read(selectionOf(model, wanted), {
        from: `"${model}" t WHERE t."id" = $1`,
        values: [id],
      })
      if (!row) throw new Error(`there is no ${model} ${id}`)
      return row
    },
  }
  return rows
}
