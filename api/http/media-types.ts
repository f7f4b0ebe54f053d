/** Media types of an answer that is one piece of JSON (GraphQL over HTTP, 4.1). */
export const jsonTypes = ['application/json', 'application/graphql-response+json'] as const
export type JsonType = (typeof jsonTypes)[number]
const eventStream = 'text/event-stream'

/** How a client takes its answer. */
export interface Accepted {
  /** The JSON type that it prefers; null: it takes none. */
  json: JsonType | null
  /** Whether it takes server-sent events. */
  stream: boolean
}

interface Range {
  type: string
  weight: number
}

/**
 * Reads an Accept header (RFC 9110, 12.5.1): of our types the one of greatest weight, and of equal ones the one that is named first.
 * Null where the client takes none of them.
 */
export function acceptedBy(header: string | undefined): Accepted | null {
  const ranges = (header || '*/*').toLowerCase().split(',').flatMap(rangeOf)
  /** By the most specific range that has the type in it, and where that stands. */
  const rankOf = (type: string) => {
    const names = [type, `${type.slice(0, type.indexOf('/'))}/*`, '*/*']
    const at = names.map((name) => ranges.findIndex((range) => range.type === name)).find((index) => index >= 0)
    return { type, at: at ?? ranges.length, weight: ranges[at ?? -1]?.weight ?? 0 }
  }
  const [best] = jsonTypes.map(rankOf).sort((a, b) => b.weight - a.weight || a.at - b.at)
  const json = best && best.weight > 0 ? (best.type as JsonType) : null
  const stream = rankOf(eventStream).weight > 0
  return json || stream ? { json, stream } : null
}

/** The same as a header that has nothing else in it. */
export const acceptHeaderOf = ({ json, stream }: Accepted): string =>
  [...(json ? [json] : []), ...(stream ? [eventStream] : [])].join(', ')

/** What we answer is UTF-8; who wants another charset takes none of it. */
function rangeOf(entry: string): Range[] {
  const [type = '', ...parameters] = entry.split(';').map((part) => part.trim())
  const parameter = (name: string) => parameters.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1)
  const charset = parameter('charset')
  if (charset !== undefined && charset.replaceAll('"', '') !== 'utf-8') return []
  const weight = Number(parameter('q') ?? 1)
  return [{ type, weight: Number.isNaN(weight) ? 1 : weight }]
}
