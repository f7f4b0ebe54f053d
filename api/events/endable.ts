/**
 * A stream that yields nothing more once it was told to end, also when an item was on its way just then.
 *
 * @param toError what its errors become  @param onEnd is called once, however it ends
 */
export function endable<T>(
  source: AsyncIterable<T>,
  { toError, onEnd }: { toError?: (error: unknown) => unknown; onEnd?: () => void },
): AsyncIterableIterator<T, void> {
  const iterator = source[Symbol.asyncIterator]()
  let ended = false
  const end = () => {
    if (!ended) onEnd?.()
    ended = true
  }
  const done = { done: true, value: undefined } as const
  return {
    async next() {
      if (ended) return done
      try {
        const result = await iterator.next()
        if (result.done) end()
        return ended ? done : { done: false, value: result.value as T }
      } catch (error) {
        end()
        throw toError ? toError(error) : error
      }
    },
    async return() {
      end()
      await iterator.return?.()
      return done
    },
    async throw(error) {
      await this.return?.()
      throw error
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
