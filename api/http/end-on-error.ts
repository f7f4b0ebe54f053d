import type { ExecutionResult } from 'graphql'
import type { Plugin } from 'graphql-yoga'

/**
 * Ends a subscription when one of its events can't be shown whole (the database went away while it was loaded): going on would
 * be a gap that the client can't see. It subscribes again with its newest cursor, and the event comes then.
 */
export function endOnError(): Plugin {
  return {
    onSubscribe: () => ({
      onSubscribeResult: ({ result, setResult }) => {
        if (Symbol.asyncIterator in result) setResult(untilError(result as AsyncIterable<ExecutionResult>))
      },
    }),
  }
}

function untilError(source: AsyncIterable<ExecutionResult>): AsyncIterableIterator<ExecutionResult> {
  const iterator = source[Symbol.asyncIterator]()
  return {
    async next() {
      const item = await iterator.next()
      const error = item.done ? undefined : (item.value as ExecutionResult).errors?.[0]
      if (error) {
        await iterator.return?.()
        throw error
      }
      return item
    },
    async return() {
      await iterator.return?.()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
