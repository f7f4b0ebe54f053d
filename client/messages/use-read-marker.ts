import { useCallback, useRef } from 'react'
import { useClient } from 'urql'
import { MarkChatReadDocument } from '../graphql/generated/graphql.ts'

/**
 * Tells the server what the viewer has seen of a chat. Only what is in a visible page counts; every seq is told once, and
 * again where the telling failed.
 */
export function useReadMarker(chatId: string, lastReadSeq: number, afterwards: () => void): (seq: number) => void {
  const client = useClient()
  const told = useRef({ chatId, seq: lastReadSeq })
  return useCallback(
    async (seq: number) => {
      if (told.current.chatId !== chatId) told.current = { chatId, seq: 0 }
      if (document.visibilityState !== 'visible' || seq <= Math.max(told.current.seq, lastReadSeq)) return
      told.current.seq = seq
      const { error } = await client.mutation(MarkChatReadDocument, { chatId, upToSeq: seq }).toPromise()
      if (error) told.current = { chatId, seq: 0 }
      else afterwards()
    },
    [client, chatId, lastReadSeq, afterwards],
  )
}
