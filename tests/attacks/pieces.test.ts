import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { setImmediate as round } from 'node:timers/promises'
import fc from 'fast-check'
import { type OperationDefinitionNode, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import type { StreamEvent } from '../../api/events/event.ts'
import type { Reader } from '../../api/events/event-fields.ts'
import { charactersOf } from '../../api/http/answer-size.ts'
import { createCostInFlight, freeCost } from '../../api/http/cost-in-flight.ts'
import { createEventAnswers } from '../../api/http/event-answers.ts'
import { toJsonPieces } from '../../api/http/json-pieces.ts'
import { maxAnswerCharacters, maxCost, maxParsedBytes, maxWaitingPerConnection } from '../../api/http/limits.ts'
import { paceConnections } from '../../api/http/pipelining.ts'
import { schema } from '../../api/schema.ts'
import { range } from '../support/chat.ts'

const never = new Promise<void>(() => undefined)

describe('one piece of work', () => {
  it('is no more of a connection’s requests than a few kilobytes hold, however many have come at once', async () => {
    const one = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'
    const count = 3000
    /** Requests of one round of the event loop. */
    let inRound = 0
    let most = 0
    let mostWaiting = 0
    let waiting = 0
    const server = createServer((_request, response) => {
      if (inRound === 0) setImmediate(() => (inRound = 0))
      most = Math.max(most, ++inRound)
      mostWaiting = Math.max(mostWaiting, ++waiting)
      setImmediate(() => {
        waiting--
        response.end()
      })
    })
    paceConnections(server, { take: () => round() })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    let text = ''
    let answers = 0
    const done = new Promise<void>((resolve) => {
      socket.on('data', (data) => {
        text += String(data)
        answers += text.split('HTTP/1.1 200').length - 1
        text = text.slice(-11)
        if (answers === count) resolve()
      })
    })
    socket.write(one.repeat(count))
    await done
    const inPiece = Math.ceil(maxParsedBytes / one.length)
    // A piece, and what came from the network in the same round; Node by itself would take all that is in 64 KiB.
    expect(most).toBeLessThanOrEqual(2 * inPiece)
    expect(mostWaiting).toBeLessThanOrEqual(2 * inPiece + maxWaitingPerConnection)
    socket.destroy()
    server.close()
    await once(server, 'close')
  })

  it('is some kilobytes of an answer', async () => {
    const answer = { list: range(300).map((i) => ({ node: { id: i, text: 'я'.repeat(1000), inner: [{ a: null }] } })) }
    let turns = 0
    const pieces = await toJsonPieces(answer, async () => {
      turns++
    })
    expect(turns).toBe(pieces.length - 1)
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(2 * 34 * 1024)
    expect(JSON.parse(Buffer.concat(pieces).toString())).toEqual(answer)
  })

  it('is some thousand values of an answer whose length is counted, and counting ends where it is too long', async () => {
    let turns = 0
    const takeTurn = async () => {
      turns++
    }
    const texts = range(20_000).map((i) => ({ text: `${i}` }))
    const length = JSON.stringify(texts).length
    expect(Math.abs((await charactersOf(texts, takeTurn)) - length)).toBeLessThan(0.2 * length)
    expect(turns).toBeGreaterThan(5)
    turns = 0
    const name = 'x'.repeat(maxAnswerCharacters / 100)
    expect(
      await charactersOf(
        range(20_000).map(() => ({ [name]: 1 })),
        takeTurn,
      ),
    ).toBeGreaterThan(maxAnswerCharacters)
    expect(turns).toBeLessThan(5)
  })

  it('writes what JSON.stringify would', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const pieces = await toJsonPieces(value, async () => undefined)
        expect(Buffer.concat(pieces).toString()).toBe(Buffer.from(JSON.stringify(value)).toString())
      }),
      { numRuns: 200 },
    )
  })

  it('is an event for a few documents: what others make of it is worked out in turns', async () => {
    const user = { id: 'usr_1', name: 'Анна' }
    const event = { kind: 'TYPING', chatId: 'cht_1', user, at: new Date(), position: 1 } as unknown as StreamEvent
    const subscriptions = range(100).map((index) => {
      const document = parse(`subscription { events { ... on Typing { name${index}: chatId } } }`)
      return createEventAnswers(schema, document, document.definitions[0] as OperationDefinitionNode)
    })
    const reader = { userId: 'usr_2' } as Reader
    const answered = () => subscriptions.filter((answers) => answers.answer(event, reader) !== null).length
    const first = answered()
    expect(first).toBeGreaterThan(0)
    expect(first).toBeLessThan(30)
    await round()
    expect(answered()).toBeGreaterThan(first)
  })
})

describe('what operations cost at the same time', () => {
  const dear = 0.6 * maxCost
  const isIn = async (entered: Promise<unknown>) => {
    let came = false
    void entered.then(() => {
      came = true
    })
    await round()
    return came
  }

  it('is bounded for each client until its answers have been taken, and holds up nobody else', async () => {
    const inFlight = createCostInFlight(10_000)
    let take: () => void = () => undefined
    const taken = new Promise<void>((resolve) => {
      take = resolve
    })
    const made = await inFlight.enter('eve', dear, taken)
    const second = inFlight.enter('eve', dear, never)
    const small = inFlight.enter('eve', freeCost + 1, never)
    expect(await isIn(second)).toBe(false)
    // In the order of asking.
    expect(await isIn(small)).toBe(false)
    expect(await isIn(inFlight.enter('eve', freeCost, never))).toBe(true)
    expect(await isIn(inFlight.enter('boris', dear, never))).toBe(true)
    made?.()
    expect(await isIn(second)).toBe(false)
    take()
    expect(await isIn(second)).toBe(true)
    expect(await isIn(small)).toBe(true)
  })

  it('is bounded for all together until the answers are made', async () => {
    const inFlight = createCostInFlight(10_000)
    const made = await Promise.all(range(4).map((index) => inFlight.enter(`eve${index}`, maxCost, never)))
    const next = inFlight.enter('boris', maxCost, never)
    expect(await isIn(next)).toBe(false)
    made[0]?.()
    made[0]?.()
    expect(await isIn(next)).toBe(true)
    expect(await isIn(inFlight.enter('vera', maxCost, never))).toBe(false)
  })

  it('counts a long answer that cost little by its length, until it has been taken', async () => {
    const inFlight = createCostInFlight(50)
    let take: () => void = () => undefined
    const taken = new Promise<void>((resolve) => {
      take = resolve
    })
    const made = await inFlight.enter('eve', 1, taken)
    expect(await isIn(inFlight.enter('eve', 1, never))).toBe(true)
    made?.(maxAnswerCharacters)
    expect(await inFlight.enter('eve', 1, never)).toBeNull()
    expect(await isIn(inFlight.enter('boris', 1, never))).toBe(true)
    const event = inFlight.enterAtLast('eve', 1, never)
    expect(await isIn(event)).toBe(false)
    take()
    expect(await isIn(event)).toBe(true)
    expect(await isIn(inFlight.enter('eve', 0.9 * maxCost, never))).toBe(true)
  })

  it('lets nobody wait for ever', async () => {
    const inFlight = createCostInFlight(50)
    await inFlight.enter('eve', dear, never)
    expect(await inFlight.enter('eve', dear, never)).toBeNull()
    expect(await isIn(inFlight.enter('eve', maxCost - dear, never))).toBe(true)
  })
})
