/** Puts work that comes at the same time together. */
export interface Batcher<Item, Result> {
  /** Resolves with what the batch that it went into made of it. */
  add(item: Item): Promise<Result>
}

interface Waiting<Item, Result> {
  item: Item
  resolve(result: Result): void
  reject(error: unknown): void
}

export interface BatcherOptions<Item, Result> {
  /** Makes a result of each, in order. What it throws is every item's error. */
  run(items: readonly Item[]): Promise<readonly Result[]>
  maxItems: number
  /** How many batches may be under way. While they are, the next one fills. */
  maxRunning: number
  /**
   * A batch begins beside another only when it is full, or when the other has been under way for so long: larger batches cost less an
   * item. At once unless given.
   */
  besideAfterMs?: number
  /** Whether an item may go into a batch beside these; it goes into a later one otherwise. Left out: any may. */
  fits?(item: Item, others: readonly Item[]): boolean
}

export function createBatcher<Item, Result>(options: BatcherOptions<Item, Result>): Batcher<Item, Result> {
  const { run, maxItems, maxRunning, besideAfterMs = 0, fits = () => true } = options
  let waiting: Waiting<Item, Result>[] = []
  let running = 0
  let scheduled = false
  let lastBegunAtMs = 0
  let looksAgain = false

  function schedule(): void {
    if (scheduled || running >= maxRunning || waiting.length === 0) return
    if (running > 0 && waiting.length < maxItems) {
      const leftMs = lastBegunAtMs + besideAfterMs - performance.now()
      if (leftMs > 0) {
        lookAgain(leftMs)
        return
      }
    }
    scheduled = true
    // After everything that has arrived in this turn of the event loop.
    setImmediate(() => {
      scheduled = false
      void start(takeBatch())
      schedule()
    })
  }

  function lookAgain(leftMs: number): void {
    if (looksAgain) return
    looksAgain = true
    setTimeout(() => {
      looksAgain = false
      schedule()
    }, leftMs)
  }

  function takeBatch(): Waiting<Item, Result>[] {
    const batch: Waiting<Item, Result>[] = []
    const items: Item[] = []
    const later: Waiting<Item, Result>[] = []
    for (const one of waiting) {
      if (items.length < maxItems && fits(one.item, items)) {
        batch.push(one)
        items.push(one.item)
      } else later.push(one)
    }
    waiting = later
    return batch
  }

  async function start(batch: Waiting<Item, Result>[]): Promise<void> {
    running++
    lastBegunAtMs = performance.now()
    try {
      const results = await run(batch.map(({ item }) => item))
      for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Result)
    } catch (error) {
      for (const { reject } of batch) reject(error)
    } finally {
      running--
      schedule()
    }
  }

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject })
        schedule()
      }),
  }
}
