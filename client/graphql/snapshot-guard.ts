import { type Exchange, makeOperation, mapExchange, type Operation } from '@urql/core'
import type { EventStream, Recording } from '../realtime/event-stream.ts'

/** What the guard needs of the event stream. */
export type EventRecorder = Pick<EventStream, 'record'>

/**
 * Keeps a fetch from undoing events: an answer computed before an event may arrive after it. What comes while a query is in
 * flight is given to the cache again after its answer (events are idempotent), and nothing that came before it was sent: a
 * fetch that such an event itself asks for would bring it back for ever. Where the stream began anew meanwhile, what the
 * answer lacks came by no event, and it is fetched once more. Stands behind the cache.
 */
export function snapshotGuardExchange(recorder: EventRecorder): Exchange {
  return (input) => {
    const inFlight = new Map<number, { asked: Operation; recording: Recording }>()
    const settle = ({ key }: Operation) => {
      const fetching = inFlight.get(key)
      inFlight.delete(key)
      fetching?.recording.stop()
      return fetching
    }
    const answered = (operation: Operation) => {
      const fetching = settle(operation)
      if (!fetching) return
      // As it came here: what the answer names bears the marks of the exchanges behind, which then take it for done.
      const { asked, recording } = fetching
      // The answer reaches the cache synchronously after this exchange has passed it on.
      queueMicrotask(() => {
        recording.replay()
        if (!recording.hasReset()) return
        const context = { ...asked.context, requestPolicy: 'network-only' as const }
        void input.client.executeRequestOperation(makeOperation('query', asked, context)).toPromise()
      })
    }
    return mapExchange({
      onOperation: (operation) => {
        if (operation.kind === 'teardown') settle(operation)
        // Sent again while it is in flight, it may be answered as of the first time.
        if (operation.kind === 'query' && !inFlight.has(operation.key)) {
          inFlight.set(operation.key, { asked: operation, recording: recorder.record() })
        }
      },
      onResult: ({ operation }) => {
        if (operation.kind === 'query') answered(operation)
      },
    })(input)
  }
}
