import { type Exchange, mapExchange } from '@urql/core'

/** What the guard needs of the event stream. */
export type EventRecorder = { record(): void; replay(isLast: boolean): void }

/**
 * Keeps a fetch from undoing events: an answer computed before an event may arrive after it. While queries are in flight
 * events are recorded, and given to the cache again after each answer (they are idempotent). Stands behind the cache.
 */
export function snapshotGuardExchange(recorder: EventRecorder): Exchange {
  const inFlight = new Set<number>()
  const settle = (key: number) => {
    if (!inFlight.delete(key)) return
    const isLast = inFlight.size === 0
    // The answer reaches the cache synchronously after this exchange has passed it on.
    queueMicrotask(() => recorder.replay(isLast && inFlight.size === 0))
  }
  return mapExchange({
    onOperation: ({ kind, key }) => {
      if (kind === 'teardown') settle(key)
      if (kind !== 'query') return
      inFlight.add(key)
      recorder.record()
    },
    onResult: ({ operation }) => {
      if (operation.kind === 'query') settle(operation.key)
    },
  })
}
