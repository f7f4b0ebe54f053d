import { builder } from './builder.ts'
import type { CursorPart } from './cursor.ts'
import { badUserInput } from './errors.ts'

const defaultSize = 20
const maxSize = 100

/** The arguments of a Relay connection, with this API's limits. */
export const pageArgs = builder.args((t) => ({
  first: t.int({ required: false, description: 'How many items from the start, or after `after`: 1 to 100.' }),
  after: t.string({ required: false, description: 'Only items behind this cursor.' }),
  last: t.int({ required: false, description: 'How many items from the end, or before `before`: 1 to 100.' }),
  before: t.string({ required: false, description: 'Only items before this cursor.' }),
}))

export interface PageArgs {
  first?: number | null | undefined
  after?: string | null | undefined
  last?: number | null | undefined
  before?: string | null | undefined
}

/** What a connection costs: its size times what is selected of each item. */
export const pageComplexity = ({ first, last }: PageArgs) => ({
  field: 1,
  // A size that is refused later costs no more than one that isn't.
  multiplier: Math.min(Math.max(first ?? last ?? defaultSize, 0), maxSize),
})

/** A page to be read: `limit` items behind `after` and before `before`, from the start or from the end of those. */
export interface Page {
  fromEnd: boolean
  limit: number
  after: readonly CursorPart[] | null
  before: readonly CursorPart[] | null
}

/**
 * @param fromEndByDefault which end a request without `first` and `last` begins at
 * @throws BAD_USER_INPUT for a size outside 1 to 100, `first` with `last`, or a cursor that wasn't issued for this list
 */
export function readPage(
  { first, after, last, before }: PageArgs,
  fromEndByDefault: boolean,
  decode: (cursor: string) => readonly CursorPart[],
): Page {
  if (first != null && last != null) throw badUserInput('Give first or last, not both')
  const limit = first ?? last ?? defaultSize
  if (limit < 1 || limit > maxSize)
    throw badUserInput(`${first == null ? 'last' : 'first'} must be from 1 to ${maxSize}`)
  // With a cursor alone, the page is the one next to it.
  const byCursor = before != null && after == null ? true : after != null && before == null ? false : fromEndByDefault
  return {
    fromEnd: last != null || (first == null && byCursor),
    limit,
    after: after == null ? null : decode(after),
    before: before == null ? null : decode(before),
  }
}

/** An item of a page. Its cursor is made when it is asked for: few ask for all of them, and each has a MAC. */
class Edge<Row> {
  readonly node: Row
  readonly #cursorOf: (row: Row) => string

  constructor(node: Row, cursorOf: (row: Row) => string) {
    this.node = node
    this.#cursorOf = cursorOf
  }

  get cursor(): string {
    return this.#cursorOf(this.node)
  }
}

/** @param rows at most `limit + 1` of them, read in the page's direction: from its start, or backwards from its end */
export function toConnection<Row>(rows: readonly Row[], page: Page, cursorOf: (row: Row) => string) {
  const more = rows.length > page.limit
  const shown = rows.slice(0, page.limit)
  if (page.fromEnd) shown.reverse()
  const edges = shown.map((node) => new Edge(node, cursorOf))
  return {
    edges,
    pageInfo: {
      hasNextPage: page.fromEnd ? page.before !== null : more,
      hasPreviousPage: page.fromEnd ? more : page.after !== null,
      get startCursor() {
        return edges.at(0)?.cursor ?? null
      },
      get endCursor() {
        return edges.at(-1)?.cursor ?? null
      },
    },
  }
}
