// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createHostTokens } from '../../client/embed/host-tokens.ts'
import { scopedStorage } from '../../client/embed/scoped-storage.ts'
import { createSafeStorage } from '../../client/session/storage.ts'

const reported = vi.fn()
beforeEach(() => vi.stubGlobal('reportError', reported))
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
  reported.mockReset()
})

describe('the tokens of a host', () => {
  it('are asked for once, however many requests were refused', async () => {
    const ask = vi.fn(async () => 'second')
    const tokens = createHostTokens('first', ask)
    await Promise.all([tokens.onExpired(), tokens.onExpired(), tokens.onExpired()])
    expect(ask).toHaveBeenCalledTimes(1)
    expect(tokens.read()).toBe('second')
    await tokens.onExpired()
    expect(ask).toHaveBeenCalledTimes(2)
  })

  it('may be set while they are asked for, whether there is an answer or none', async () => {
    const tokens = createHostTokens('first', () => null)
    const renewed = tokens.onExpired()
    tokens.set('second')
    await renewed
    expect(tokens.read()).toBe('second')
  })

  it('are not waited for longer than the patience lasts', async () => {
    vi.useFakeTimers()
    const tokens = createHostTokens('first', () => new Promise(() => {}), 1000)
    const renewed = tokens.onExpired()
    await vi.advanceTimersByTimeAsync(1000)
    await renewed
    expect(tokens.read()).toBe('first')
  })

  it('can fail to come: the page hears of it, and is asked again', async () => {
    const ask = vi
      .fn<() => Promise<string>>()
      .mockRejectedValueOnce(new Error('no session'))
      .mockResolvedValue('second')
    const tokens = createHostTokens('first', ask)
    await tokens.onExpired()
    expect(reported).toHaveBeenCalledExactlyOnceWith(new Error('no session'))
    expect(tokens.read()).toBe('first')
    await tokens.onExpired()
    expect(tokens.read()).toBe('second')
  })
})

it('what is kept for one API is not seen by a dashboard of another', () => {
  const storage = createSafeStorage(null)
  const one = scopedStorage(storage, 'https://one.example/graphql')
  const two = scopedStorage(storage, 'https://two.example/graphql')
  one.write('oko.outbox.anna', '[1]')
  expect(two.read('oko.outbox.anna')).toBeNull()
  expect(one.read('oko.outbox.anna')).toBe('[1]')
})
