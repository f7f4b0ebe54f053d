import type { ServerResponse } from 'node:http'
import type { ExecutionResult, GraphQLError } from 'graphql'
import { within } from '../within.ts'
import type { Results } from './direct-post.ts'
import { drained } from './drained.ts'
import { toJsonPieces } from './json-pieces.ts'

/** By this proxies keep a stream open, and a reader that is dead is noticed. */
const comment = ':\n\n'

/** Before the JSON of a result; behind it comes an empty line. */
const next = 'event: next\ndata: '
const complete = 'event: complete\ndata:\n\n'

/** All of a stream that has one result. */
export const asEvents = (json: string): string => `${next}${json}\n\n${complete}`

interface Manner {
  /** A consumer that takes nothing for so long is cut off; it comes back and resumes. */
  stalledMs: number
  commentIntervalMs: number
  takeTurn(): Promise<void>
  toClientError(error: unknown): GraphQLError
}

/**
 * Sends results as server-sent events (GraphQL over SSE, distinct connections mode) as fast as the client takes them, each some
 * kilobytes in a turn, until either side ends.
 */
export async function sendEvents(results: Results, response: ServerResponse, manner: Manner): Promise<void> {
  // Ends the wait for the next event too.
  response.once('close', () => void results.return?.().catch(() => undefined))
  const isOver = () => response.writableEnded || response.destroyed
  const say = async (text: string) => {
    if (isOver() || response.write(text)) return
    if (!(await within(manner.stalledMs, drained(response)))) response.destroy()
  }
  const tell = async (result: ExecutionResult) => {
    // Errors are not plain data.
    const pieces = result.errors ? [Buffer.from(JSON.stringify(result))] : await toJsonPieces(result, manner.takeTurn)
    const last = pieces.pop() ?? ''
    let head = next
    for (const piece of pieces) {
      await say(head + piece)
      head = ''
    }
    await say(`${head}${last}\n\n`)
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  // The first comes at once: some browsers wait for something behind the headers.
  response.write(comment)
  let isTelling = false
  const breathing = setInterval(() => {
    if (!isTelling && !isOver() && !response.writableNeedDrain) response.write(comment)
  }, manner.commentIntervalMs)
  try {
    for await (const result of results) {
      isTelling = true
      await tell(result)
      isTelling = false
      if (isOver()) break
    }
  } catch (error) {
    isTelling = true
    await tell({ errors: [manner.toClientError(error)] })
  } finally {
    clearInterval(breathing)
    if (!isOver()) response.end(complete)
  }
}
