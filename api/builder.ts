import SchemaBuilder from '@pothos/core'
import ComplexityPlugin from '@pothos/plugin-complexity'
import PrismaPlugin from '@pothos/plugin-prisma'
import RelayPlugin from '@pothos/plugin-relay'
import type PrismaTypes from '../prisma/generated/postgresql/pothos-types.ts'
import { getDatamodel } from '../prisma/generated/postgresql/pothos-types.ts'
import type { Context } from './context.ts'

type OrIso<T> = T extends Date ? Date | string : T

/** Rows whose times are Date, as Prisma has them, or ISO 8601 as it goes into an answer (rows/row-sql.ts). */
type WithIsoTimes = {
  [M in keyof PrismaTypes]: Omit<PrismaTypes[M], 'Shape'> & {
    Shape: { [K in keyof PrismaTypes[M]['Shape']]: OrIso<PrismaTypes[M]['Shape'][K]> }
  }
}

/** What every *.schema.ts adds its types to. */
export const builder = new SchemaBuilder<{
  PrismaTypes: WithIsoTimes
  Context: Context
  Scalars: { DateTime: { Input: Date; Output: Date | string }; ID: { Input: string; Output: string } }
  DefaultFieldNullability: false
  DefaultEdgesNullability: false
  DefaultNodeNullability: false
}>({
  plugins: [PrismaPlugin, RelayPlugin, ComplexityPlugin],
  // The limit is enforced before execution, on every transport (http/document-limits.ts).
  complexity: { disabled: true },
  defaultFieldNullability: false,
  prisma: {
    client: (context) => context.db.client,
    dmmf: getDatamodel(),
    onUnusedQuery: null,
  },
  relay: {
    cursorType: 'String',
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    nodeTypeOptions: { description: 'Something with an id.' },
    edgesFieldOptions: {
      nullable: false,
      description: 'The items of this page, each with its cursor.',
      // Counted by the page's size.
      complexity: { field: 0, multiplier: 1 },
    },
    nodeFieldOptions: { nullable: false, description: 'The item.' },
    cursorFieldOptions: { description: 'Where this item is in the list; opaque, good for `after` and `before`.' },
    // It is made once a page, from what is read anyway.
    pageInfoFieldOptions: { description: 'Where this page is in the list.', complexity: { field: 0, multiplier: 0 } },
    pageInfoTypeOptions: { description: 'Where a page is in its list (Relay cursor connections).' },
    hasNextPageFieldOptions: { description: 'Whether there are items behind this page.' },
    hasPreviousPageFieldOptions: { description: 'Whether there are items before this page.' },
    startCursorFieldOptions: { description: 'The cursor of the first item; null on an empty page.' },
    endCursorFieldOptions: { description: 'The cursor of the last item; null on an empty page.' },
  },
})

builder.scalarType('DateTime', {
  description: 'A point in time: ISO 8601, UTC, milliseconds, e.g. `2026-11-22T12:39:00.000Z`.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time.html',
  serialize: (value) => (typeof value === 'string' ? value : value.toISOString()),
})

builder.queryType({ description: "Everything that can be read. All of it is the viewer's: whom the token speaks for." })
builder.mutationType({
  description:
    'Everything that can be changed. Expected refusals are types of the result unions; all else is an error with a code.',
})
builder.subscriptionType({
  description:
    'Three views of one ordered log per user, with one cursor space: a cursor from one resumes any of them. Each begins with StreamReady. After a disconnect, subscribe again with the newest cursor you have: what you missed follows, in order, once.',
})
