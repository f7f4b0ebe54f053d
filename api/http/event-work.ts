import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, execute } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Context } from '../context.ts'
import { resolvable } from '../resolvable.ts'
import { AnswerRoom, charactersOf, tooLong } from './answer-size.ts'
import type { CostInFlight } from './cost-in-flight.ts'
import { costOf } from './document-limits.ts'
import { maxAnswerCharacters } from './limits.ts'

/**
 * Has GraphQL put one event into words: in a turn of its own, and as a query of the same cost would be, when there is room for that.
 * It waits for as long as it takes, since leaving an event out would be a gap.
 *
 * @param taken resolves when the answer has been taken, or never will be
 * @returns a result with the errors of what can't be shown whole
 */
export async function workOut(
  inFlight: CostInFlight,
  args: ExecutionArgs,
  event: unknown,
  taken: Promise<unknown>,
): Promise<ExecutionResult> {
  const context = args.contextValue as Context
  const made = await inFlight.enterAtLast(context.client, costOf(args) ?? 0, taken)
  let characters = 0
  try {
    // One message may be told to a thousand subscriptions that ask for it differently.
    await context.takeTurn()
    const result = await execute({ ...args, rootValue: event, contextValue: { ...context, room: new AnswerRoom() } })
    characters = await charactersOf(result.data, context.takeTurn)
    return characters > maxAnswerCharacters ? { errors: [tooLong().toGraphQL()] } : result
  } finally {
    made(characters)
  }
}

/** The same for whoever pulls events: one has been taken when the next is asked for. */
export function eventsInTurns(inFlight: CostInFlight): Plugin<Context> {
  return {
    onSubscribe({ setSubscribeFn }) {
      setSubscribeFn(async (args: ExecutionArgs) => {
        const source = await createSourceEventStream(args)
        return Symbol.asyncIterator in source ? worked(inFlight, args, source) : source
      })
    },
  }
}

function worked(inFlight: CostInFlight, args: ExecutionArgs, source: AsyncIterable<unknown>) {
  const iterator = source[Symbol.asyncIterator]()
  let onTaken: () => void = () => undefined
  const results: AsyncIterableIterator<ExecutionResult> = {
    async next() {
      onTaken()
      const item = await iterator.next()
      if (item.done) return { done: true, value: undefined }
      const taken = resolvable()
      onTaken = taken.resolve
      return { done: false, value: await workOut(inFlight, args, item.value, taken.promise) }
    },
    async return() {
      onTaken()
      await iterator.return?.()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]: () => results,
  }
  return results
}
