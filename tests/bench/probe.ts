// Preloaded into what a bench measures: answers its parent's questions over the channel between them.

/** What the parent can ask for: the bytes that are alive on the heap. */
export type Question = 'heap'
export type Answer = number

process.on('message', (question: Question) => {
  if (question !== 'heap') return
  // Twice: what the first makes unreachable the second takes.
  gc?.()
  gc?.()
  process.send?.(process.memoryUsage().heapUsed satisfies Answer)
})
