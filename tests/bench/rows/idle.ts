import { operation } from '../../support/dashboard-operations.ts'
import type { Bench, Row } from '../bench.ts'
import { load, post } from '../http-load.ts'
import { startFloor } from '../programs.ts'
import { openPairs } from '../stages.ts'
import { chatId } from '../world.ts'
import { createCounter, subscribeAll } from '../ws-load.ts'

const people = 10_000
const chats = people / 2
const few = 2000

/** What those cost who only listen. */
export const idleBench: Bench = {
  name: 'idle',
  async run(stage) {
    const { world, product, tokens } = await openPairs(stage, chats)
    const floor = await startFloor(stage.children, world.url)
    const query = operation('Events')
    const counter = createCounter()
    const onEvent = (frame: Buffer) => {
      if (frame.includes('"MessageAdded"')) counter.add()
    }
    const listen = (port: number, from: number, to: number) =>
      subscribeAll(tokens.slice(from, to).map((token) => ({ port, token, query, onEvent })))

    /** Bytes of heap that each of `few` more subscribers adds, after some that fill what all share. */
    const heapOf = async (
      program: typeof product,
    ): Promise<{ bytes: number; subscribers: Awaited<ReturnType<typeof listen>> }> => {
      const first = await listen(program.port, 0, 200)
      const before = await program.heapBytes()
      const more = await listen(program.port, 200, 200 + few)
      return { bytes: (await program.heapBytes()) - before, subscribers: [...first, ...more] }
    }
    const bare = await heapOf(floor)
    for (const subscriber of bare.subscribers) subscriber.close()
    const own = await heapOf(product)
    const rest = await listen(product.port, 200 + few, people)

    // Two minutes' worth of one message a second and chat, as fast as they are taken.
    const send = operation('SendMessage')
    const rate: number[] = []
    const startedAt = performance.now()
    const all = counter.more(2 * chats)
    await load(product.port, 20, chats, (i) => {
      const input = { chatId: chatId(i), text: 'Проверил, всё сходится' }
      return post('/graphql', { query: send, variables: { input } }, '"sent"', tokens[2 * i])
    })
    await all
    rate.push((chats / (performance.now() - startedAt)) * 1000)
    const resident = product.residentBytes() / 2 ** 20
    for (const subscriber of [...own.subscribers, ...rest]) subscriber.close()
    await product.stop()
    await floor.stop()
    const rows: Row[] = [
      {
        what: 'heap of an idle subscriber',
        unit: 'KB',
        product: [own.bytes / few / 1000],
        floor: [bare.bytes / few / 1000],
        bar: { atMost: 2 },
      },
      { what: '10,000 live subscribers: resident', unit: 'MiB', product: [resident], bar: { atMost: 600 } },
      { what: '10,000 live subscribers: messages delivered', unit: '/s', product: rate, bar: { atLeast: 1 } },
    ]
    return rows
  },
}
