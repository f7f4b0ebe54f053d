// Preloaded into what a bench measures: answers its parent's questions over the channel between them.

/** What the parent can ask for. */
export type Question = { ask: 'heap' } | { ask: 'delay' }
export interface Answer {
  bytes?: number
}

process.on('message', (question: Question) => {
  if (question.ask !== 'heap') return
  // Twice: what the first makes unreachable the second takes.
  gc?.()
  gc?.()
  process.send?.({ bytes: process.memoryUsage().heapUsed } satisfies Answer)
})
