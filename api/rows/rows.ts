import type { Chat, Message, Notification, User } from '../../prisma/generated/postgresql/client/client.ts'
import type { Database } from '../db.ts'
import { isAmong, type Statement } from '../sql.ts'
import { type RawRow, type RowSql, rowSql } from './row-sql.ts'
import { type Plan, type Selection, selectionOf, type Wanted } from './wanted.ts'

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
 * Reads rows with all that is wanted of them: what Prisma's findMany gives, but for times, which are ISO 8601, and in a tenth of the
 * processor time. One statement does, and one more for each relation that many rows share (Plan.apart). Who may see the rows is the
 * caller's to know.
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

  function statementOf({ modelName, plan }: Selection, { from, values }: Source) {
    const key = `${modelName} ${plan.key} ${from}`
    const found = kept.get(key)
    if (found) return found
    const made = rowSql(provider, plan, from, values.length + 1)
    const name = kept.size < maxKept ? `rows${kept.size}` : ''
    const entry = { ...made, statement: { name, text: made.text } }
    if (name) kept.set(key, entry)
    return entry
  }

  async function readRaw(selection: Selection, source: Source): Promise<RawRow[]> {
    const { statement, finish } = statementOf(selection, source)
    const values = selection.plan.isOfUser ? [...source.values, selection.userId] : source.values
    const [result] = await sql.run<{ rows: RawRow[] | string }>(statement, values)
    const found = typeof result?.rows === 'string' ? (JSON.parse(result.rows) as RawRow[]) : (result?.rows ?? [])
    found.forEach(finish)
    if (selection.plan.hasApart) await addApart(selection.plan, selection.userId, found)
    return found
  }

  /** Reads what is read apart, and puts it where it belongs. */
  async function addApart(plan: Plan, userId: string | null, found: readonly RawRow[]): Promise<void> {
    for (const { name, relation, plan: below } of plan.apart) {
      const ids = new Set(found.map((row) => row[relation.from]).filter((id) => id !== null))
      if (ids.size === 0) continue
      const others = await readRaw(
        { modelName: relation.model, plan: below, userId },
        { from: `"${relation.model}" t WHERE ${isAmong(provider, 't."id"', 1)}`, values: [JSON.stringify([...ids])] },
      )
      const byId = new Map(others.map((other) => [other.id, other]))
      for (const row of found) row[name] = byId.get(row[relation.from]) ?? null
    }
    for (const { name, plan: below } of plan.relations) {
      if (!below.hasApart) continue
      const others: RawRow[] = []
      for (const row of found) others.push(...asList(row[name] as RawRow | RawRow[] | null))
      await addApart(below, userId, others)
    }
  }

  const rows: Rows = {
    // By its plan each has the model's columns.
    read: async <M extends keyof Models>(selection: Selection<M>, source: Source) =>
      (await readRaw(selection, source)) as unknown as Models[M][],
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

const asList = (value: RawRow | RawRow[] | null): RawRow[] => (Array.isArray(value) ? value : value ? [value] : [])
