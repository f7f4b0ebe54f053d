import { useEffect, useEffectEvent } from 'react'
import { useSession, useStore } from '../session/context.tsx'

/**
 * Fetches anew where events can't be relied on: every `intervalMs` while the live connection is down, and once whenever
 * the stream starts from "now" instead of our cursor. While live nothing is polled.
 */
export function useRefresh(refresh: () => void, intervalMs: number) {
  const { stream } = useSession()
  const isLive = useStore(stream.state).status === 'live'
  const onRefresh = useEffectEvent(refresh)

  useEffect(() => {
    if (isLive) return
    const timer = setInterval(onRefresh, intervalMs)
    return () => clearInterval(timer)
  }, [isLive, intervalMs])

  useEffect(() => stream.resets.subscribe(onRefresh), [stream])
}

const RETRY_MS = 3000

/** Repeats a load that failed: as soon as the connection lives, and every few seconds from then on until it succeeds. */
export function useRetryWhenLive(hasFailed: boolean, retry: () => void) {
  const { stream } = useSession()
  const isLive = useStore(stream.state).status === 'live'
  const onRetry = useEffectEvent(retry)
  useEffect(() => {
    if (!hasFailed || !isLive) return
    onRetry()
    const timer = setInterval(onRetry, RETRY_MS)
    return () => clearInterval(timer)
  }, [hasFailed, isLive])
}
