import { useEffect, useEffectEvent, useState } from 'react'
import { useQuery } from 'urql'
import { StaffOverviewDocument, type StaffOverviewQuery } from '../graphql/generated/graphql.ts'

export type StaffOverview = StaffOverviewQuery['staffOverview']
export type StaffDay = StaffOverview['days'][number]

export type StaffOverviewState = {
  overview: StaffOverview | null
  /** The latest refresh failed; what is shown is older. */
  isStale: boolean
}

const REFRESH_MS = 15_000

/**
 * The figures of the last `days` days, fetched every `refreshIntervalMs` while the page is seen, and at once when it is seen
 * again. Polled, because every message changes them: an event for each would go into the log of everybody of the staff, to
 * tell them what they read as a chart. The server makes them once for all who look within seconds.
 */
export function useStaffOverview(days: number, refreshIntervalMs = REFRESH_MS): StaffOverviewState {
  const [{ data, error }, refetch] = useQuery({
    query: StaffOverviewDocument,
    variables: { days },
    requestPolicy: 'cache-and-network',
  })
  const refresh = useEffectEvent(() => {
    if (document.visibilityState === 'visible') refetch({ requestPolicy: 'network-only' })
  })
  useEffect(() => {
    const timer = setInterval(refresh, refreshIntervalMs)
    document.addEventListener('visibilitychange', refresh)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', refresh)
    }
  }, [refreshIntervalMs])
  const [latest, setLatest] = useState<StaffOverview | null>(null)
  if (data && data.staffOverview !== latest) setLatest(data.staffOverview)
  // A failed refresh has no data: better the figures of before, and to say so.
  return { overview: data?.staffOverview ?? (error ? latest : null), isStale: error !== undefined }
}
