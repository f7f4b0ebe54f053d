/** Things that arrive, taken in order by whoever waits for them. */
export interface Queue<T> {
  push(item: T): void
  /** From now on `next` fails with this once the items are taken. */
  end(reason: unknown): void
  /** The next item, waiting at most `timeoutMs` (5 s). */
  next(timeoutMs?: number): Promise<T>
  /** How many have come and were not taken. */
  size(): number
}

export function createQueue<T>(): Queue<T> {
  const items: T[] = []
  const waiting: (() => void)[] = []
  let ended: { reason: unknown } | undefined
  const wakeAll = () => {
    for (const wake of waiting.splice(0)) wake()
  }
  return {
    push(item) {
      items.push(item)
      wakeAll()
    },
    end(reason) {
      ended ??= { reason }
      wakeAll()
    },
    size: () => items.length,
    async next(timeoutMs = 5000) {
      const deadline = Date.now() + timeoutMs
      for (;;) {
        if (items.length > 0) return items.shift() as T
        if (ended) throw new Error(`ended: ${JSON.stringify(ended.reason)}`)
        const left = deadline - Date.now()
        if (left <= 0) throw new Error(`nothing came within ${timeoutMs} ms`)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left)
          waiting.push(() => {
            clearTimeout(timer)
            resolve()
          })
        })
      }
    },
  }
}
