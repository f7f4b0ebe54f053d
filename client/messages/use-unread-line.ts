import { useEffect, useState } from 'react'
import { ownReadSeq } from '../chats/people.ts'
import type { ChatFieldsFragment } from '../graphql/generated/graphql.ts'

/**
 * The first seq that the viewer hadn't read when the chat was opened, or when the page was left with the chat open and
 * something came: there the line stands, until it is needed elsewhere. Null for none.
 */
export function useUnreadLine(chat: ChatFieldsFragment, viewerId: string | undefined): number | null {
  const nextSeq = ownReadSeq(chat, viewerId) + 1
  const [lineSeq, setLineSeq] = useState(() => (chat.unreadCount > 0 ? nextSeq : null))
  const hasUnread = chat.unreadCount > 0
  useEffect(() => {
    if (hasUnread && document.visibilityState === 'hidden') setLineSeq(nextSeq)
  }, [hasUnread, nextSeq])
  return lineSeq
}
