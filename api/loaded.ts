/** Prisma's `select` and `include`, as far as they matter here. */
interface Query {
  select?: Record<string, unknown>
  include?: Record<string, unknown>
}

/**
 * Whether a row that is at hand, with whole rows beside it, holds all that a query asks for; where it does, the query need not
 * be made. Of a list only the viewer's own state of a chat is ever at hand: the one that is narrowed to a user.
 */
export function holds(row: object, query: Query): boolean {
  return [query.select, query.include].every((wanted) =>
    Object.entries(wanted ?? {}).every(([name, want]) => {
      if (!want) return true
      const value = (row as Record<string, unknown>)[name]
      if (value === undefined) return false
      if (want === true || value === null) return !Array.isArray(value)
      const { where, orderBy, take, skip, cursor, ...nested } = want as Query & Record<string, unknown>
      if (orderBy || take !== undefined || skip !== undefined || cursor) return false
      if (!Array.isArray(value)) return where === undefined && holds(value as object, nested)
      const { userId, ...more } = (where ?? {}) as Record<string, unknown>
      return (
        typeof userId === 'string' &&
        Object.keys(more).length === 0 &&
        value.every((item: { userId?: unknown }) => item.userId === userId && holds(item, nested))
      )
    }),
  )
}
