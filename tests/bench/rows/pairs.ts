import { operation } from '../../support/dashboard-operations.ts'
import type { Bench } from '../bench.ts'
import { openConnections, post } from '../http-load.ts'
import { openPairs } from '../stages.ts'
import { chatId } from '../world.ts'
import { subscribeAll } from '../ws-load.ts'

const chats = 2500
const perSecond = 500
const seconds = 10
const count = perSecond * seconds
const connections = 50

/** 2,500 conversations at once: how long from the send to the other side's screen. */
export const pairsBench: Bench = {
  name: 'pairs',
  async run(stage) {
    const { product, tokens } = await openPairs(stage, chats)
    const query = operation('Events')
    /** When each message was due, by its number. */
    const dueAt: number[] = []
    let tookMs: number[] = []
    let lastAt = 0
    const take = (frame: Buffer) => {
      const at = frame.includes('"MessageAdded"') ? frame.indexOf('"text":"№ ') : -1
      if (at < 0) return
      lastAt = performance.now()
      tookMs.push(lastAt - (dueAt[Number.parseInt(frame.toString('utf8', at + 12, at + 24), 10)] ?? 0))
    }
    const subscribers = await subscribeAll(
      // The author hears from the answer; all are connected.
      tokens.map((token, person) => ({
        port: product.port,
        token,
        query,
        onEvent: person % 2 ? take : () => undefined,
      })),
    )
    const send = operation('SendMessage')
    const open = await openConnections(product.port, connections)
    let sent = 0
    const figures = { p50: [] as number[], p99: [] as number[], rate: [] as number[] }
    // The first one warms up.
    for (let round = 0; round <= stage.rounds; round++) {
      tookMs = []
      const startedAt = performance.now()
      const requests: Promise<void>[] = []
      for (let i = 0; i < count; i++) {
        const due = startedAt + (i * 1000) / perSecond
        const waitMs = due - performance.now()
        if (waitMs > 1) await new Promise((resolve) => setTimeout(resolve, waitMs))
        const number = sent++
        const chat = number % chats
        // From when it was due: a server that falls behind isn't spared (coordinated omission).
        dueAt[number] = due
        const input = { chatId: chatId(chat), text: `№ ${number}: подставим и проверим` }
        requests.push(open.request(post('/graphql', { query: send, variables: { input } }, '"sent"', tokens[2 * chat])))
      }
      await Promise.all(requests)
      for (let tries = 0; tookMs.length < count && tries < 300; tries++)
        await new Promise((resolve) => setTimeout(resolve, 100))
      if (tookMs.length !== count) throw new Error(`${tookMs.length} of ${count} messages came`)
      if (round === 0) continue
      tookMs.sort((a, b) => a - b)
      figures.p50.push(tookMs[Math.floor(count * 0.5)] ?? 0)
      figures.p99.push(tookMs[Math.floor(count * 0.99)] ?? 0)
      figures.rate.push((count / (lastAt - startedAt)) * 1000)
    }
    open.close()
    for (const subscriber of subscribers) subscriber.close()
    await product.stop()
    const what = '2,500 pairs, 500 messages/s'
    return [
      { what: `${what}: p50 of send to receive`, unit: 'ms', product: figures.p50, bar: { atMost: 50 } },
      { what: `${what}: p99 of send to receive`, unit: 'ms', product: figures.p99, bar: { atMost: 50 } },
      // What is left of the last ones counts as time.
      { what: `${what}: received`, unit: '/s', product: figures.rate, bar: { atLeast: 0.99 * perSecond } },
    ]
  },
}
