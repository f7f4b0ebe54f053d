import type { AddressInfo } from 'node:net'
import { type ExecutionArgs, GraphQLError, parse } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { WebSocketServer } from 'ws'
import { type FakeApi, type FakeEvent, unknownHash } from './fake-api.ts'

export type Attempt = { after: string | null; authorization: unknown; sent?: 'hash' | 'text' }

/** FakeApi's log as `events` over a real WebSocket on loopback. */
export class EventServer {
  readonly attempts: Attempt[] = []
  /** What the next attempts are answered with instead of a stream. */
  refusals: ('badCursor' | 'unauthenticated')[] = []
  url = ''
  private wss: WebSocketServer | null = null
  private port = 0
  private wakeUps = new Set<() => void>()

  constructor(private readonly api: FakeApi) {
    api.onEvent = () => this.wake()
  }

  async open(): Promise<this> {
    const wss = new WebSocketServer({ port: this.port, host: '127.0.0.1', path: '/graphql' })
    await new Promise((resolve) => wss.once('listening', resolve))
    this.port = (wss.address() as AddressInfo).port
    this.url = `ws://127.0.0.1:${this.port}/graphql`
    this.wss = wss
    // biome-ignore lint/correctness/useHookAtTopLevel: graphql-ws's useServer is no hook
    useServer(
      {
        schema: this.api.schema,
        onConnect: ({ connectionParams }) => {
          if (this.refusals[0] === 'unauthenticated') {
            this.refusals.shift()
            this.attempts.push({ after: null, authorization: connectionParams?.Authorization })
            return false
          }
          return true
        },
        onSubscribe: ({ connectionParams }, _id, { variables, ...document }): ExecutionArgs | GraphQLError[] => {
          const after = (variables?.after as string | undefined) ?? null
          const sent = document.query ? 'text' : 'hash'
          this.attempts.push({ after, authorization: connectionParams?.Authorization, sent })
          const query = this.api.textOf(document)
          if (query === null) return [new GraphQLError(unknownHash.message, unknownHash)]
          return {
            schema: this.api.schema,
            document: parse(query),
            variableValues: variables ?? {},
            contextValue: { query, after },
          }
        },
        subscribe: ({ contextValue }) => {
          if (this.refusals[0] === 'badCursor') {
            this.refusals.shift()
            return Promise.resolve({
              errors: [new GraphQLError('bad cursor', { extensions: { code: 'BAD_USER_INPUT' } })],
            })
          }
          const { query, after } = contextValue as { query: string; after: string | null }
          return Promise.resolve(this.stream(query, after) as never)
        },
      },
      wss,
    )
    return this
  }

  /** Cuts every socket, as a lost network does. */
  drop() {
    for (const socket of this.wss?.clients ?? []) socket.terminate()
  }

  async close() {
    this.drop()
    this.wake()
    await new Promise((resolve) => (this.wss ? this.wss.close(resolve) : resolve(null)))
    this.wss = null
  }

  private wake() {
    for (const wakeUp of this.wakeUps) wakeUp()
  }

  private async *stream(query: string, after: string | null) {
    const known = this.api.events.findIndex(({ cursor }) => cursor === after)
    const isResumed = after === 'c0' || known >= 0
    let position = isResumed ? known + 1 : this.api.events.length
    const cursor = isResumed && after ? after : `c${position}`
    const ready: FakeEvent = { __typename: 'StreamReady', cursor, at: new Date().toISOString(), resumed: isResumed }
    yield await this.api.deliver(query, ready)
    while (this.wss) {
      const event = this.api.events[position]
      if (event) {
        position += 1
        yield await this.api.deliver(query, event)
      } else {
        await new Promise<void>((resolve) => {
          const wakeUp = () => {
            this.wakeUps.delete(wakeUp)
            resolve()
          }
          this.wakeUps.add(wakeUp)
        })
      }
    }
  }
}
