import { EventEmitter, once } from 'node:events'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBatcher } from '../../api/batcher.ts'
import { createCursorCodec } from '../../api/cursor.ts'
import { localeOf } from '../../api/i18n.ts'
import { isId, newId } from '../../api/ids.ts'
import { readPage, toConnection } from '../../api/paging.ts'
import { createRateLimiter } from '../../api/rate-limiter.ts'
import { createTurns } from '../../api/turns.ts'

const badUserInput = expect.objectContaining({ code: 'BAD_USER_INPUT' })

describe('cursors', () => {
  const codec = createCursorCodec('secret')

  it('give back what was put in', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer()), { minLength: 1 }), (parts) => {
        expect(codec.decode('chat', 'owner', codec.encode('chat', 'owner', parts))).toEqual(parts)
      }),
    )
  })

  it('are opaque, and fit a URL', () => {
    expect(codec.encode('event', 'user_1', [7])).toMatch(/^[\w-]+$/)
  })

  it('are refused for another list, another owner, or by another secret', () => {
    const cursor = codec.encode('event', 'anna', [7])
    expect(() => codec.decode('message', 'anna', cursor)).toThrow(badUserInput)
    expect(() => codec.decode('event', 'dmitry', cursor)).toThrow(badUserInput)
    expect(() => createCursorCodec('other').decode('event', 'anna', cursor)).toThrow(badUserInput)
  })

  it('are refused when any one character was changed, added or left out', () => {
    const cursor = codec.encode('event', 'anna', [123_456])
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const others = [`${cursor}A`, `${cursor}=`, ` ${cursor}`, `${cursor}\n`, cursor.slice(1), cursor.slice(0, -1)]
    for (let at = 0; at < cursor.length; at++) {
      for (const character of alphabet) others.push(cursor.slice(0, at) + character + cursor.slice(at + 1))
    }
    const accepted = others.filter((text) => {
      try {
        codec.decode('event', 'anna', text)
        return text !== cursor
      } catch {
        return false
      }
    })
    expect(accepted).toEqual([])
  })

  it('are refused, and nothing else happens, for any string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(() => codec.decode('event', 'anna', text)).toThrow(badUserInput)
      }),
    )
  })
})

describe('pages', () => {
  const decode = (cursor: string) => [Number(cursor)]

  it('are of 20 by default, from the end that the list begins at', () => {
    expect(readPage({}, false, decode)).toEqual({ fromEnd: false, limit: 20, after: null, before: null })
    expect(readPage({}, true, decode)).toEqual({ fromEnd: true, limit: 20, after: null, before: null })
  })

  it('lie next to a cursor that stands alone', () => {
    expect(readPage({ before: '5' }, false, decode)).toMatchObject({ fromEnd: true, before: [5] })
    expect(readPage({ after: '5' }, true, decode)).toMatchObject({ fromEnd: false, after: [5] })
  })

  it.each([{ first: 0 }, { first: 101 }, { first: -1 }, { last: 0 }, { last: 101 }, { first: 1, last: 1 }])(
    'are refused for %j',
    (args) => {
      expect(() => readPage(args, false, decode)).toThrow(badUserInput)
    },
  )

  it('say whether there is more', () => {
    const page = readPage({ first: 2 }, false, decode)
    const { edges, pageInfo } = toConnection([1, 2, 3], page, String)
    expect(edges.map(({ node, cursor }) => ({ node, cursor }))).toEqual([
      { node: 1, cursor: '1' },
      { node: 2, cursor: '2' },
    ])
    expect(pageInfo).toEqual({ hasNextPage: true, hasPreviousPage: false, startCursor: '1', endCursor: '2' })
    expect(toConnection([], page, String).pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: null,
      endCursor: null,
    })
  })
})

describe('the rate limiter', () => {
  it('lets a burst through and then says how long to wait', () => {
    let now = 0
    const limiter = createRateLimiter(2, 3, () => now)
    expect([limiter.take('a'), limiter.take('a'), limiter.take('a')]).toEqual([0, 0, 0])
    expect(limiter.take('a')).toBe(500)
    expect(limiter.take('b')).toBe(0)
    now += 400
    const rest = limiter.take('a')
    expect(rest).toBeGreaterThanOrEqual(100)
    expect(rest).toBeLessThanOrEqual(101)
    now += rest
    expect(limiter.take('a')).toBe(0)
    expect(limiter.take('a')).toBeGreaterThan(490)
  })

  it('never lets more through than it may, and after the wait it named it does', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 1, max: 20 }),
        steps,
        (perSecond, burst, waits) => {
          let now = 0
          let taken = 0
          const limiter = createRateLimiter(perSecond, burst, () => now)
          for (const wait of waits) {
            now += wait
            const retryAfterMs = limiter.take('a')
            if (retryAfterMs === 0) taken++
            else {
              // Sums of fractions end up a hair below the whole at times.
              now += retryAfterMs + 1
              expect(limiter.take('a')).toBe(0)
              taken++
            }
            expect(taken).toBeLessThanOrEqual(burst + (now / 1000) * perSecond + 1e-6)
          }
        },
      ),
    )
  })

  it('has no limit at 0', () => {
    const limiter = createRateLimiter(0, 0, () => 0)
    for (let i = 0; i < 1000; i++) expect(limiter.take('a')).toBe(0)
  })
})

describe('turns', () => {
  /** Work that holds the event loop. */
  const hold = (ms: number) => {
    const until = performance.now() + ms
    while (performance.now() < until);
  }
  /** How many rounds the event loop makes while the work is done. */
  async function roundsOf(work: () => Promise<unknown>): Promise<number> {
    let rounds = 0
    let done = false
    const count = () => {
      rounds++
      if (!done) setImmediate(count)
    }
    setImmediate(count)
    await work()
    done = true
    return rounds
  }

  it('are served in rotation, so that whoever asks for much waits behind themselves', async () => {
    const turns = createTurns()
    const served: string[] = []
    const piece = async (key: string) => {
      await turns.take(key)
      hold(1)
      served.push(key)
    }
    await Promise.all([...Array.from({ length: 20 }, () => piece('many')), piece('one'), piece('two')])
    expect(served.slice(0, 5)).toContain('one')
    expect(served.slice(0, 5)).toContain('two')
    expect(served).toHaveLength(22)
  })

  it('let everything else be seen to between pieces, however many were asked for at once', async () => {
    const turns = createTurns()
    const piece = async () => {
      await turns.take('one')
      hold(5)
    }
    const rounds = await roundsOf(() => Promise.all(Array.from({ length: 30 }, piece)))
    // Each piece is longer than what a round gives.
    expect(rounds).toBeGreaterThanOrEqual(29)
  })

  it('begin small pieces in the same round', async () => {
    const turns = createTurns()
    const rounds = await roundsOf(() =>
      Promise.all(Array.from({ length: 300 }, (_, index) => turns.take(`key-${index % 7}`))),
    )
    expect(rounds).toBeLessThan(150)
  })
})

describe('localeOf', () => {
  it.each([
    [undefined, 'ru'],
    ['', 'ru'],
    ['*', 'ru'],
    ['de-DE,de;q=0.9', 'ru'],
    ['en', 'en'],
    ['EN-us', 'en'],
    ['en-GB,en;q=0.9,ru;q=0.8', 'en'],
    ['ru-RU,ru;q=0.9,en;q=0.8', 'ru'],
    ['de, en;q=0.5, ru;q=0.4', 'en'],
    ['en;q=0.1, ru;q=0.9', 'ru'],
    ['en;q=0', 'ru'],
    ['en; q=nonsense', 'ru'],
    ['english', 'ru'],
  ])('reads %j as %s', (header, locale) => {
    expect(localeOf(header)).toBe(locale)
  })

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (header) => void localeOf(header)))
  })
})

describe('ids', () => {
  it('are recognised by their kind, and everything else is not one', () => {
    expect(isId('chat', newId('chat'))).toBe(true)
    expect(isId('msg', newId('chat'))).toBe(false)
    for (const text of ['', 'chat_', '1', 'chat_\u0000', `${newId('chat')}0`, newId('chat').toUpperCase()]) {
      expect(isId('chat', text)).toBe(false)
    }
  })
})

describe('a batch beside one that is under way', () => {
  /** Batches that end when they are told to. */
  function newBatcher(besideAfterMs: number) {
    const begun: { items: readonly number[]; end: () => void }[] = []
    const told = new EventEmitter()
    const batcher = createBatcher<number, number>({
      maxItems: 3,
      maxRunning: 2,
      besideAfterMs,
      run: (items) =>
        new Promise((resolve) => {
          begun.push({ items, end: () => resolve(items) })
          told.emit('begun')
        }),
    })
    const add = (...items: number[]) => Promise.all(items.map((item) => batcher.add(item)))
    return { begun, next: () => once(told, 'begun'), add }
  }

  it('waits for its end, or until it is full itself', async () => {
    const { begun, next, add } = newBatcher(60_000)
    const first = add(1)
    await next()
    const second = add(2, 3)
    await new Promise(setImmediate)
    await new Promise(setImmediate)
    expect(begun.map(({ items }) => items)).toEqual([[1]])
    begun[0]?.end()
    await first
    await next()
    const third = add(4, 5, 6)
    await next()
    expect(begun.map(({ items }) => items)).toEqual([[1], [2, 3], [4, 5, 6]])
    for (const { end } of begun) end()
    expect(await Promise.all([second, third])).toEqual([
      [2, 3],
      [4, 5, 6],
    ])
  })

  it('does not wait for ever', async () => {
    const { begun, next, add } = newBatcher(5)
    const first = add(1)
    await next()
    const second = add(2)
    await next()
    expect(begun.map(({ items }) => items)).toEqual([[1], [2]])
    for (const { end } of begun) end()
    await Promise.all([first, second])
  })
})
