import type { GraphiQLProps } from 'graphiql'
import { type ExecutionResult, GraphQLError, getOperationAST, type OperationDefinitionNode, parse } from 'graphql'
import { type Client, createClient } from 'graphql-ws'

type Fetcher = GraphiQLProps['fetcher']
type Result = Awaited<ReturnType<Fetcher>>
type Observer = { next(value: object): void; error(reason: unknown): void; complete(): void }

/** Events that stay on the screen. */
const maxEvents = 50

/**
 * How GraphiQL talks to the API: queries and mutations over HTTP, subscriptions over a WebSocket of their own, as an app does.
 * Both carry the headers of the editor. What goes wrong is shown as GraphQL shows errors.
 */
export function createFetcher(url: string): Fetcher {
  return (params, { headers = {} } = {}) => {
    const operation = findOperation(params)
    const named = { ...params, operationName: operation?.name?.value }
    return operation?.operation === 'subscription' ? listen(url, named, headers) : post(url, named, headers)
  }
}

/**
 * What is to be run. GraphiQL learns a moment late what another tab holds, and until then names the operation of the one before.
 * Nothing where the document can't be read: the server says why.
 */
function findOperation({ query, operationName }: Parameters<Fetcher>[0]): OperationDefinitionNode | undefined {
  try {
    const document = parse(query)
    return getOperationAST(document, operationName) ?? getOperationAST(document) ?? undefined
  } catch {
    return undefined
  }
}

async function post(url: string, operation: object, headers: object): Promise<ExecutionResult> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
    body: JSON.stringify(operation),
  }).catch(() => null)
  if (!response) return failure('The server is out of reach. Nothing is known of this operation: run it again.')
  return response.json().catch(() => failure(`The server answered ${response.status} without JSON.`))
}

/**
 * Whether the stream resumed is on top, since that decides what its reader does next. Then the newest event; the earlier ones
 * stay below it, since one message can make several.
 */
function listen(url: string, operation: Parameters<Fetcher>[0], headers: Record<string, unknown>): Result {
  const observable = {
    subscribe(observer: Observer) {
      const received: object[] = []
      let began: { resumed?: boolean } = {}
      const client: Client = createClient({
        url: new URL(url, window.location.href).href.replace(/^http/, 'ws'),
        connectionParams: headers,
        // A retry would begin with the same cursor again; the reader sees that it ended instead.
        retryAttempts: 0,
      })
      const show = (more: object = {}) =>
        observer.next({ ...more, ...began, newestFirst: received.slice(0, maxEvents) })
      const stop = client.subscribe(operation as Parameters<Client['subscribe']>[0], {
        next(result) {
          received.unshift(result)
          began = beginningOf(result.data) ?? began
          show()
        },
        error(reason) {
          show({ errors: errorsOf(reason) })
          observer.complete()
        },
        complete: () => observer.complete(),
      })
      return {
        unsubscribe() {
          stop()
          void client.dispose()
        },
      }
    },
  }
  return observable as unknown as Result
}

/** What a StreamReady says, where its reader asked for it. */
function beginningOf(data: Record<string, unknown> | null | undefined) {
  const events = Object.values(data ?? {}) as ({ resumed?: unknown } | null)[]
  const resumed = events.map((event) => event?.resumed).find((value) => typeof value === 'boolean')
  return resumed === undefined ? undefined : { resumed }
}

/** graphql-ws says why by the operation's errors, or by the event that closed the socket. */
function errorsOf(reason: unknown): readonly object[] {
  if (Array.isArray(reason)) return reason
  if (!(reason instanceof CloseEvent)) return [{ message: 'The server is out of reach.' }]
  const { code, reason: words } = reason
  const then =
    code === 4403 ? 'Give a token that is good in Headers.' : 'Run it again with the newest cursor as `after`.'
  return [{ message: `The connection was closed with ${code}${words && ` (${words})`}. ${then}` }]
}

const failure = (message: string): ExecutionResult => ({ errors: [new GraphQLError(message)] })
