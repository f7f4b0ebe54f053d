// @vitest-environment happy-dom
import { renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { createIntl } from 'react-intl'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RefusalKind } from '../../client/graphql/generated/graphql.ts'
import { SessionProvider } from '../../client/session/context.tsx'
import { formatDuration, formatUtcDay, refusalsByKind } from '../../client/staff/figures.ts'
import { type StaffDay, useStaffOverview } from '../../client/staff/use-staff-overview.ts'
import { FakeApi } from './support/fake-api.ts'
import { openSession } from './support/render.tsx'

const day = (changes: Partial<StaffDay> = {}): StaffDay => ({
  __typename: 'StaffDay',
  day: '2026-11-20',
  messages: 0,
  activeChats: 0,
  answers: 0,
  meanResponseMs: null,
  refused: 0,
  refusals: [],
  isCounted: true,
  ...changes,
})

describe('the figures of the staff', () => {
  let messages = 0
  let isDown = false
  let api: FakeApi
  beforeEach(() => {
    messages = 0
    isDown = false
    api = new FakeApi()
    const staffOverview = () => {
      if (isDown) throw new Error('down')
      messages++
      return { asOf: '2026-11-20T10:00:00.000Z', unread: [], days: [day({ messages })] }
    }
    Object.assign(api.root, { staffOverview })
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.restoreAllMocks()
  })
  const settled = (condition: () => void) => vi.waitFor(condition, { timeout: 10_000, interval: 10 })

  it('are fetched every 15 s while the page is seen; what there was stays where that fails', async () => {
    const session = openSession(api)
    const wrapper = ({ children }: { children: ReactNode }) => (
      <SessionProvider session={session}>{children}</SessionProvider>
    )
    const { result } = renderHook(() => useStaffOverview(30), { wrapper })
    const shown = () => result.current.overview?.days[0]?.messages
    await settled(() => expect(shown()).toBe(1))
    vi.advanceTimersByTime(12_000)
    expect(messages).toBe(1)
    vi.advanceTimersByTime(3_000)
    await settled(() => expect(shown()).toBe(2))

    isDown = true
    vi.advanceTimersByTime(15_000)
    await settled(() => expect(result.current.isStale).toBe(true))
    expect(shown()).toBe(2)

    isDown = false
    const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    vi.advanceTimersByTime(60_000)
    expect(messages).toBe(2)
    visibility.mockReturnValue('visible')
    document.dispatchEvent(new Event('visibilitychange'))
    await settled(() => expect(shown()).toBe(3))
    expect(result.current.isStale).toBe(false)
  })
})

describe('a duration', () => {
  const russian = createIntl({ locale: 'ru' })
  it.each([
    [0, '0 с'],
    [45_000, '45 с'],
    [89_000, '89 с'],
    [90_000, '1,5 мин'],
    [49 * 60_000, '49 мин'],
    [6_120_000, '1,7 ч'],
    [26 * 3_600_000, '26 ч'],
    [50 * 3_600_000, '2,1 дн.'],
  ])('of %i ms is said as "%s"', (ms, words) => {
    expect(formatDuration(russian, ms).replace(/\s/g, ' ')).toBe(words)
  })
})

it('a UTC day has the same name in every zone', () => {
  expect(formatUtcDay(createIntl({ locale: 'en', timeZone: 'America/Los_Angeles' }), '2026-11-20')).toBe('Nov 20')
})

it('refusals are added up by kind, the most frequent first', () => {
  const refused = (kind: RefusalKind, count: number) => ({ __typename: 'RefusalCount' as const, kind, count })
  const days = [
    day({
      refusals: [refused('EMAIL', 1), refused('PHONE', 2)],
    }),
    day({ refusals: [refused('PHONE', 1)] }),
  ]
  expect(refusalsByKind(days)).toEqual([
    { kind: 'PHONE', count: 3 },
    { kind: 'EMAIL', count: 1 },
  ])
})
