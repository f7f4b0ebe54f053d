import { useCallback, useMemo } from 'react'
import { useClient, useMutation, useQuery } from 'urql'
import {
  DashboardDocument,
  MarkNotificationsReadDocument,
  type NotificationFieldsFragment,
  type NotificationKind,
  NotificationSettingsDocument,
  type NotificationSettingsFieldsFragment,
  NotificationsDocument,
  UpdateNotificationSettingsDocument,
} from '../graphql/generated/graphql.ts'
import { useRefresh, useRetryWhenLive } from '../realtime/use-refresh.ts'
import { useSession, useStore } from '../session/context.tsx'

const NOTIFICATIONS_PER_PAGE = 20

export type UseNotificationsOptions = {
  /** How often to fetch while the live connection is down. Default 30 000. */
  refreshIntervalMs?: number
}

/** What useNotifications gives. */
export type NotificationsState = {
  notifications: NotificationFieldsFragment[]
  unreadNotifications: number
  isLoading: boolean
  hasError: boolean
  hasMore: boolean
  loadMore(): Promise<void>
  /** One or several; all without ids. */
  markRead(ids?: string[]): Promise<void>
  settings: NotificationSettingsFieldsFragment | null
  setKindEnabled(kind: NotificationKind, inApp: boolean): Promise<void>
  setSound(sound: boolean): Promise<void>
}

/**
 * Notifications, their unread counter and settings: live by events, fetched every `refreshIntervalMs` while the live
 * connection is down, and live again by itself.
 */
export function useNotifications({ refreshIntervalMs = 30_000 }: UseNotificationsOptions = {}): NotificationsState {
  const client = useClient()
  const { stream } = useSession()
  const isLive = useStore(stream.state).status === 'live'
  const [list, refetchList] = useQuery({
    query: NotificationsDocument,
    variables: { first: NOTIFICATIONS_PER_PAGE },
  })
  const [dashboard, refetchDashboard] = useQuery({ query: DashboardDocument })
  const [settings] = useQuery({ query: NotificationSettingsDocument })
  const [, mutateRead] = useMutation(MarkNotificationsReadDocument)
  const [, mutateSettings] = useMutation(UpdateNotificationSettingsDocument)

  const refresh = useCallback(() => {
    refetchDashboard({ requestPolicy: 'network-only' })
    refetchList({ requestPolicy: 'network-only' })
  }, [refetchDashboard, refetchList])
  useRefresh(refresh, refreshIntervalMs)
  const hasError = list.error !== undefined && !list.data
  useRetryWhenLive(hasError, refresh)

  const notifications = useMemo(() => list.data?.notifications.edges.map(({ node }) => node) ?? [], [list.data])
  const pageInfo = list.data?.notifications.pageInfo

  return {
    notifications,
    unreadNotifications: dashboard.data?.counters.unreadNotifications ?? 0,
    isLoading: !list.data && !list.error,
    hasError,
    hasMore: pageInfo?.hasNextPage ?? false,
    loadMore: async () => {
      const variables = { first: NOTIFICATIONS_PER_PAGE, after: pageInfo?.endCursor ?? null }
      await client.query(NotificationsDocument, variables).toPromise()
    },
    markRead: async (ids) => {
      await mutateRead({ ids: ids ?? null })
      if (!isLive) refresh()
    },
    settings: settings.data?.notificationSettings ?? null,
    setKindEnabled: async (kind, inApp) => {
      await mutateSettings({ input: { kinds: [{ kind, inApp }] } })
    },
    setSound: async (sound) => {
      await mutateSettings({ input: { sound } })
    },
  }
}
