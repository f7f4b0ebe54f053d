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
    const inFlight = new Map<number, Recording>()
    const settle = (operation: Operation) => {
      const recording = inFlight.get(operation.key)
      inFlight.delete(operation.key)
      recording?.stop()
      return recording
    }
    const answered = (operation: Operation) => {
      const recording = settle(operation)
      if (!recording) return
      // The answer reaches the cache synchronously after this exchange has passed it on.
      queueMicrotask(() => {
        recording.replay()
        if (!recording.hasReset()) return
        const context = { ...operation.context, requestPolicy: 'network-only' as const }
        void input.client.executeRequestOperation(makeOperation('query', operation, context)).toPromise()
      })
    }
    return mapExchange({
      onOperation: (operation) => {
        if (operation.kind === 'teardown') settle(operation)
        // Sent again while it is in flight, it may be answered as of the first time.
        if (operation.kind === 'query' && !inFlight.has(operation.key)) inFlight.set(operation.key, recorder.record())
      },
      onResult: ({ operation }) => {
        if (operation.kind === 'query') answered(operation)
      },
    })(input)
  }
}
