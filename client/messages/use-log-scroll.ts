import { type RefObject, useCallback, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'

const NEAR_BOTTOM_PX = 48
const NEAR_TOP_PX = 240

type Options = {
  /** Another conversation: everything starts anew. */
  conversationId: string
  firstKey: string | null
  lastKey: string | null
  /** The last row is the viewer's own: show it wherever they were. */
  isLastOwn: boolean
  onNearTop(): void
  /** The newest seq whose bubble is in view; told on every scroll and change. */
  onSeen(seq: number): void
}

/**
 * Scrolling of a message log: opens at the unread line, else at the end; stays at the end for whoever is there; keeps the
 * place when older messages come in above.
 */
export function useLogScroll(options: Options): {
  ref: RefObject<HTMLDivElement | null>
  onScroll(): void
  isAtBottom: boolean
  scrollToBottom(): void
} {
  const { conversationId, firstKey, lastKey, isLastOwn } = options
  const ref = useRef<HTMLDivElement>(null)
  const [isAtBottom, setIsAtBottom] = useState(true)
  const place = useRef({
    conversationId: '',
    firstKey: null as string | null,
    lastKey: null as string | null,
    /** Of the content and of the log itself, when the place was last taken. */
    height: 0,
    frameHeight: 0,
    atBottom: true,
  })
  const reportSeen = useEffectEvent((log: HTMLDivElement) => {
    const seq = lastSeqInView(log)
    if (seq !== null) options.onSeen(seq)
  })

  const measure = useCallback(() => {
    const log = ref.current
    if (!log) return
    const last = place.current
    // A change of size may be told by a scroll event first: it is no reason to leave the end.
    const isResized = last.frameHeight !== log.clientHeight || last.height !== log.scrollHeight
    if (isResized && last.atBottom) log.scrollTop = log.scrollHeight
    last.height = log.scrollHeight
    last.frameHeight = log.clientHeight
    const atBottom = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_BOTTOM_PX
    last.atBottom = atBottom
    setIsAtBottom(atBottom)
    reportSeen(log)
  }, [])

  const scrollToBottom = useCallback(() => {
    const log = ref.current
    if (log) log.scrollTop = log.scrollHeight
    measure()
  }, [measure])

  useLayoutEffect(() => {
    const log = ref.current
    if (!log || lastKey === null) return
    const last = place.current
    const isOpening = last.conversationId !== conversationId || last.lastKey === null
    if (isOpening) {
      const line = log.querySelector<HTMLElement>('[data-unread-line]')
      log.scrollTop = log.scrollHeight
      if (line && line.offsetTop < log.scrollTop) log.scrollTop = line.offsetTop - 16
    } else if (last.firstKey !== firstKey && last.lastKey === lastKey) {
      log.scrollTop += log.scrollHeight - last.height
    } else if (last.lastKey !== lastKey && (last.atBottom || isLastOwn)) {
      log.scrollTop = log.scrollHeight
    }
    place.current = {
      conversationId,
      firstKey,
      lastKey,
      height: log.scrollHeight,
      frameHeight: log.clientHeight,
      atBottom: last.atBottom,
    }
    measure()
  }, [conversationId, firstKey, lastKey, isLastOwn, measure])

  // The composer grows, a refusal appears, the window turns, a keyboard opens: whoever was at the end stays there.
  useEffect(() => {
    const log = ref.current
    if (!log || typeof ResizeObserver === 'undefined') return
    const observer = new ResizeObserver(measure)
    observer.observe(log)
    if (log.firstElementChild) observer.observe(log.firstElementChild)
    return () => observer.disconnect()
  }, [measure])

  useEffect(() => {
    document.addEventListener('visibilitychange', measure)
    return () => document.removeEventListener('visibilitychange', measure)
  }, [measure])

  const onScroll = () => {
    measure()
    if (ref.current && ref.current.scrollTop < NEAR_TOP_PX) options.onNearTop()
  }
  return { ref, onScroll, isAtBottom, scrollToBottom }
}

/** Seq of the last bubble whose top is within the visible part of the log. */
function lastSeqInView(log: HTMLElement): number | null {
  const bottom = log.scrollTop + log.clientHeight
  const rows = log.querySelectorAll<HTMLElement>('[data-seq]')
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    const row = rows[index]
    if (row && row.offsetTop + Math.min(row.offsetHeight, 24) <= bottom) return Number(row.dataset.seq)
  }
  return null
}
