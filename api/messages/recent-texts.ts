import type { Transaction } from '../db.ts'
import { isId } from '../ids.ts'
import type { TextPlace } from './text-judge.ts'

/** How long ago a message may be for a contact to go on from it, how many of them, and how far back they are looked for. */
const windowMs = 15 * 60_000
const maxTexts = 12
const maxLookedAt = 40

/**
 * What an author said in a chat just before now, or before one of their messages there, oldest first: what the guard's split
 * rule looks at.
 */
export async function recentTextsOf(
  client: Pick<Transaction, 'message'>,
  { chatId, authorId, beforeSeq, at }: TextPlace,
): Promise<string[]> {
  if (!isId('chat', chatId)) return []
  // A range of the index however long the chat is; who wrote what is sorted out here.
  const latest = await client.message.findMany({
    where: { chatId, ...(beforeSeq !== null && { seq: { lt: beforeSeq } }) },
    orderBy: { seq: 'desc' },
    take: maxLookedAt,
    select: { authorId: true, text: true, createdAt: true, deletedAt: true },
  })
  return latest
    .filter(
      (message) =>
        message.authorId === authorId &&
        message.deletedAt === null &&
        at.getTime() - message.createdAt.getTime() < windowMs,
    )
    .slice(0, maxTexts)
    .map(({ text }) => text)
    .reverse()
}
