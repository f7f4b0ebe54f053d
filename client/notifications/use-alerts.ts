import { useEffect, useEffectEvent, useState } from 'react'
import { useIntl } from 'react-intl'
import { previewOf } from '../chats/preview.ts'
import type { NotificationFieldsFragment } from '../graphql/generated/graphql.ts'
import type { OkoEvent } from '../realtime/event-stream.ts'
import { useSession } from '../session/context.tsx'
import { playChime } from './chime.ts'
import { readDesktop, showDesktop } from './desktop.ts'
import { isChosenTab } from './one-tab.ts'

/** Long enough for a tab, or another device, that shows the message to tell that it was read: then nobody is called. */
const CALM_MS = 600

const turnOf = ({ id }: NotificationFieldsFragment) => `oko.alert.${id}`

type Options = {
  viewerId: string | undefined
  isSoundWanted: boolean
  openChatId: string | null
  onOpen(notification: NotificationFieldsFragment): void
}

/**
 * Calls the viewer when notifications come in: by sound and on the desktop, where that is wanted and allowed, in one tab of
 * all, once for as many as come together (after a night's sleep of the laptop, say), and not for what is being looked at.
 * Returns the same in words, for a live region.
 */
export function useAlerts({ viewerId, isSoundWanted, openChatId, onOpen }: Options): string {
  const intl = useIntl()
  const { stream, storage } = useSession()
  const [words, setWords] = useState('')

  const isLookedAt = useEffectEvent(
    ({ chat }: NotificationFieldsFragment) =>
      chat && chat.id === openChatId && document.visibilityState === 'visible' && document.hasFocus(),
  )

  const call = useEffectEvent(async (waiting: NotificationFieldsFragment[]): Promise<() => void> => {
    const news = waiting.filter((notification) => !isLookedAt(notification))
    const [first] = news
    if (!first) return () => {}
    const notice =
      news.length === 1
        ? { title: first.title, body: previewOf(first.body) }
        : { title: intl.formatMessage({ id: 'notifications.several' }, { count: news.length }), body: first.title }
    setWords(`${notice.title}. ${notice.body}`)
    if (!(await isChosenTab(turnOf(first)))) return () => {}
    if (isSoundWanted) playChime()
    if (readDesktop(storage) !== 'on') return () => {}
    return showDesktop({ ...notice, tag: `oko.${first.id}`, onClick: () => onOpen(first) })
  })
  const isOwn = useEffectEvent((readerId: string) => readerId === viewerId)

  useEffect(() => {
    let waiting: NotificationFieldsFragment[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const shown = new Set<() => void>()
    const ring = async () => {
      const now = waiting
      waiting = []
      timer = undefined
      shown.add(await call(now))
    }
    const listen = (event: OkoEvent) => {
      if (event.__typename === 'NotificationAdded') {
        // Whoever looks at it takes the turn from the other tabs, and lets it pass: that it was read may reach them late.
        if (isLookedAt(event.notification)) void isChosenTab(turnOf(event.notification))
        waiting.push(event.notification)
        timer ??= setTimeout(ring, CALM_MS)
      }
      if (event.__typename === 'NotificationsRead') waiting = waiting.filter(({ id }) => !event.ids.includes(id))
      if (event.__typename === 'ChatRead' && isOwn(event.reader.id))
        waiting = waiting.filter(
          ({ chat, message }) => chat?.id !== event.chat.id || (message?.seq ?? 0) > event.lastReadSeq,
        )
    }
    const stop = stream.onEvent(listen)
    // What was called for has been seen.
    const takeAway = () => {
      if (document.visibilityState !== 'visible') return
      for (const close of shown) close()
      shown.clear()
    }
    document.addEventListener('visibilitychange', takeAway)
    return () => {
      stop()
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', takeAway)
      for (const close of shown) close()
    }
  }, [stream])
  return words
}
