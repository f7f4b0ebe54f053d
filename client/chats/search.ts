import type { ChatFieldsFragment } from '../graphql/generated/graphql.ts'
import { othersOf } from './people.ts'

const fold = (text: string) => text.normalize('NFKC').toLowerCase().replaceAll('ё', 'е')

/** What the server's search finds, among chats that are here already: every word in the order or the other people's names. */
export function filterChats(
  chats: readonly ChatFieldsFragment[],
  viewerId: string | undefined,
  search: string,
): ChatFieldsFragment[] {
  const words = fold(search).split(/\s+/)
  return chats.filter((chat) => {
    const names = othersOf(chat, viewerId).map(({ name }) => name)
    const text = fold([chat.title, chat.externalRef ?? '', ...names].join('\n'))
    return words.every((word) => text.includes(word))
  })
}
