import { operation } from '../../support/dashboard-operations.ts'
import type { Bench } from '../bench.ts'
import { load, post } from '../http-load.ts'
import { openPairs } from '../stages.ts'
import { chatId } from '../world.ts'
import { subscribeAll } from '../ws-load.ts'

const chats = 2500
const perSecond = 500
const seconds = 10
const connections = 50

/** 2,500 conversations at once: how long from the send to the other side's screen. */
export const pairsBench: Bench = {
  name: 'pairs',
  async run(stage) {
    const { product, tokens } = await openPairs(stage, chats)
    const query = operation('Events')
    /** When each message was sent, by its number. */
    const sentAt: number[] = []
    let tookMs: number[] = []
    const subscribers = await subscribeAll(
      // Only those who are written to: the author hears from the answer.
      tokens.flatMap((token, person) => [
        {
          port: product.port,
          token,
          query,
          onEvent: (frame: string) => {
            const number = person % 2 && frame.includes('"MessageAdded"') && /"text":"№ (\d+):/.exec(frame)?.[1]
            if (number) tookMs.push(performance.now() - (sentAt[Number(number)] ?? 0))
          },
        },
      ]),
    )
    const send = operation('SendMessage')
    let sent = 0
    const p99: number[] = []
    for (let round = 0; round < stage.rounds; round++) {
      tookMs = []
      const startedAt = performance.now()
      const count = perSecond * seconds
      const inFlight = new Set<Promise<unknown>>()
      for (let i = 0; i < count; i++) {
        const dueAt = startedAt + (i * 1000) / perSecond
        const waitMs = dueAt - performance.now()
        if (waitMs > 1) await new Promise((resolve) => setTimeout(resolve, waitMs))
        const number = sent++
        const chat = number % chats
        // From when it was due: a server that falls behind isn't spared (coordinated omission).
        sentAt[number] = dueAt
        const input = { chatId: chatId(chat), text: `№ ${number}: подставим и проверим` }
        const prepared = post('/graphql', { query: send, variables: { input } }, '"sent"', tokens[2 * chat])
        const one: Promise<unknown> = load(product.port, 1, 1, () => prepared).finally(() => inFlight.delete(one))
        inFlight.add(one)
        if (inFlight.size >= connections * 20) await Promise.race(inFlight)
      }
      await Promise.all(inFlight)
      for (let tries = 0; tookMs.length < count && tries < 300; tries++)
        await new Promise((resolve) => setTimeout(resolve, 100))
      if (tookMs.length !== count) throw new Error(`${tookMs.length} of ${count} messages came`)
      tookMs.sort((a, b) => a - b)
      p99.push(tookMs[Math.floor(count * 0.99)] ?? 0)
    }
    for (const subscriber of subscribers) subscriber.close()
    await product.stop()
    return [
      { what: '2,500 pairs, 500 messages/s: p99 of send to receive', unit: 'ms', product: p99, bar: { atMost: 50 } },
    ]
  },
}
