import type { Plugin } from 'graphql-yoga'
import type { Context } from '../context.ts'
import { unavailable } from '../errors.ts'

/** An answer is promised within 5 s; a busy machine needs some of that itself. */
export const maxAnswerMs = 4400
/** Timers of one length cost Node less than those that all end at a time of their own. */
const stepMs = 100

/** For how long what came then may still be waited for. */
export function timeLeftMs(receivedAtMs: number): number {
  const leftMs = maxAnswerMs - (performance.now() - receivedAtMs)
  return Math.max(0, Math.floor(leftMs / stepMs) * stepMs)
}

/**
 * Answers a query or mutation with UNAVAILABLE when it takes longer than `maxAnswerMs` since it came: each wait on the way (for a
 * turn, a connection, a statement) has an end of its own, but a database that is frozen can make them add up. What was begun may
 * still be committed, as with a connection that dies during COMMIT: a retry finds out.
 */
export function answerInTime(): Plugin<Context> {
  return {
    onExecute({ executeFn, setExecuteFn }) {
      setExecuteFn(async (args: Parameters<typeof executeFn>[0]) => {
        const { receivedAtMs } = args.contextValue as Context
        let timer: NodeJS.Timeout | undefined
        const late = new Promise<object>((resolve) => {
          timer = setTimeout(
            () => resolve({ data: null, errors: [unavailable().toGraphQL()] }),
            timeLeftMs(receivedAtMs),
          )
        })
        try {
          return await Promise.race([executeFn(args), late])
        } finally {
          clearTimeout(timer)
        }
      })
    },
  }
}
