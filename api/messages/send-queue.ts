import { createBatcher } from '../batcher.ts'
import { databaseFailure } from '../db-errors.ts'
import type { Bus } from '../events/bus.ts'
import type { KeyedQueue } from '../keyed-queue.ts'
import type { BatchResult, Draft, DraftResult } from './send-batch.ts'

/** What became of a message; what failed is thrown. */
export type SendOutcome = Exclude<DraftResult, { kind: 'BUSY' | 'FAILED' }>

/** Sends what comes at the same time in one transaction: a commit costs the same for one message and for many. */
export interface SendQueue {
  /** @throws FORBIDDEN; UNAVAILABLE when its turn in the chat doesn't come in time */
  send(draft: Draft): Promise<SendOutcome>
}

const maxItems = 32
/** While one waits for the disk, the next one fills; where it waits for somebody's lock, the next one doesn't. */
const maxRunning = 2
const besideAfterMs = 20

interface Dependencies {
  sendBatch(drafts: readonly Draft[], waits: boolean): Promise<BatchResult>
  bus: Pick<Bus, 'publishStored'>
  /** One writer of this process to each chat. */
  chatTurns: KeyedQueue
}

export function createSendQueue({ sendBatch, bus, chatTurns }: Dependencies): SendQueue {
  const batcher = createBatcher<Draft, DraftResult>({
    maxItems,
    maxRunning,
    besideAfterMs,
    // Of one author, the second must see what the first did with their clientMessageIds. Chats have one writer anyway.
    fits: ({ authorId }, others) => others.every((other) => other.authorId !== authorId),
    async run(drafts) {
      if (drafts.length === 1) return sendNow(drafts, true)
      try {
        return await sendNow(drafts, false)
      } catch (error) {
        // One of them may be what the others suffer from: each then for itself. Nobody knows what became of a commit that
        // wasn't answered, so that one is not done again.
        if (databaseFailure(error) === 'unavailable') throw error
        return drafts.map(() => ({ kind: 'BUSY' }))
      }
    },
  })

  async function sendNow(drafts: readonly Draft[], waits: boolean): Promise<DraftResult[]> {
    const { results, events } = await sendBatch(drafts, waits)
    bus.publishStored(events)
    return results
  }

  return {
    send: (draft) =>
      chatTurns.run(draft.chatId, async () => {
        let result = await batcher.add(draft)
        if (result.kind === 'BUSY') [result] = (await sendNow([draft], true)) as [DraftResult]
        if (result.kind === 'FAILED') throw result.error
        if (result.kind === 'BUSY') throw new Error('a batch that waits found a chat busy')
        return result
      }),
  }
}
