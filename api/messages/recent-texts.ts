import type { Transaction } from '../db.ts'
import { isId } from '../ids.ts'
import type { TextPlace } from './text-judge.ts'

/** How far apart two messages may be for a contact to go on from one to the other, how many of them, and how many are looked at. */
export const windowMs = 15 * 60_000
export const maxTexts = 12
export const maxLookedAt = 40

/** What an author says around a text in the same chat, each side oldest first: what the guard's split rule looks at. */
export interface Neighbours {
  recentTexts: string[]
  /** Only a message that is changed has any after it. */
  laterTexts: string[]
}

/**
 * Reads what its author says around a text: messages from about the same time, and those changed just now, whenever they were
 * sent, since what is read together is what stands in the chat together.
 */
export async function neighboursOf(client: Pick<Transaction, 'message'>, place: TextPlace): Promise<Neighbours> {
  const { chatId, changes } = place
  if (!isId('chat', chatId)) return { recentTexts: [], laterTexts: [] }
  const before = await readSide(client, place, changes && { lt: changes.seq }, 'desc')
  const after = changes ? await readSide(client, place, { gt: changes.seq }, 'asc') : []
  return { recentTexts: before.reverse(), laterTexts: after }
}

/** The nearest texts on one side, nearest first. */
async function readSide(
  client: Pick<Transaction, 'message'>,
  { chatId, authorId, changes, now }: TextPlace,
  seq: { lt: number } | { gt: number } | null,
  order: 'asc' | 'desc',
): Promise<string[]> {
  const sentAt = (changes?.createdAt ?? now).getTime()
  // A range of the index however long the chat is; who wrote what is sorted out here.
  const nearest = await client.message.findMany({
    where: { chatId, ...(seq && { seq }) },
    orderBy: { seq: order },
    take: maxLookedAt,
    select: { authorId: true, text: true, createdAt: true, editedAt: true, deletedAt: true },
  })
  return nearest
    .filter(
      (message) =>
        message.authorId === authorId &&
        message.deletedAt === null &&
        (Math.abs(sentAt - message.createdAt.getTime()) < windowMs ||
          (message.editedAt !== null && now.getTime() - message.editedAt.getTime() < windowMs)),
    )
    .slice(0, maxTexts)
    .map(({ text }) => text)
}
