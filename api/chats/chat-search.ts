import type { Chat } from '../../prisma/generated/postgresql/client/client.ts'
import { badUserInput } from '../errors.ts'
import { limited, type Rows, type Source } from '../rows/rows.ts'
import { selectionOf } from '../rows/wanted.ts'

const maxCharacters = 200
/** Chats looked at in one statement, and in all: who takes part in more finds among the most recently active ones. */
const batchSize = 500
const maxScanned = 5000

/** What is looked at of a chat. */
const looked = selectionOf('Chat', {
  select: {
    id: true,
    title: true,
    externalRef: true,
    participants: { where: { leftAt: null }, select: { userId: true, user: { select: { name: true } } } },
  },
})

type Searched = Pick<Chat, 'title' | 'externalRef'> & { participants: { userId: string; user: { name: string } }[] }

// In this process, because the databases don't agree on the case of Cyrillic letters: SQLite folds ASCII alone, and
// PostgreSQL what its locale says.
const fold = (text: string) => text.normalize('NFKC').toLowerCase().replaceAll('ё', 'е')

/**
 * The words of a search, folded; none where there is nothing to search for.
 *
 * @throws BAD_USER_INPUT for over 200 characters
 */
export function searchWords(search: string | null | undefined): string[] {
  if ((search?.length ?? 0) > maxCharacters) throw badUserInput(`search takes up to ${maxCharacters} characters`)
  return fold(search ?? '')
    .split(/\s+/)
    .filter((word) => word !== '')
}

/** Ids of the first `limit` chats of a list in whose title, reference or other people's names every word stands, whatever its case. */
export async function findChatIds(
  rows: Rows,
  list: Source,
  userId: string,
  words: readonly string[],
  limit: number,
): Promise<string[]> {
  const found: string[] = []
  for (let skip = 0; skip < maxScanned && found.length < limit; skip += batchSize) {
    const some = await rows.read(looked, limited(list, batchSize, skip))
    // By what is looked at.
    for (const row of some) if (matches(row as unknown as Searched, userId, words)) found.push(row.id)
    if (some.length < batchSize) break
  }
  return found.slice(0, limit)
}

function matches({ title, externalRef, participants }: Searched, userId: string, words: readonly string[]): boolean {
  const names = participants.filter((one) => one.userId !== userId).map(({ user }) => user.name)
  const text = fold([title, externalRef ?? '', ...names].join('\n'))
  return words.every((word) => text.includes(word))
}
