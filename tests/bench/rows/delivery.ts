import { operation } from '../../support/dashboard-operations.ts'
import { alternate, type Bench } from '../bench.ts'
import { load, post } from '../http-load.ts'
import { startFloor } from '../programs.ts'
import { startOn } from '../stages.ts'
import { chatId, tokensOf } from '../world.ts'
import { createCounter, subscribeAll } from '../ws-load.ts'

const people = 1000
const messages = 30

/**
 * A message of a chat of 1,000, to each of them with the dashboard's selection: two events each, the message and the notification.
 * A delivery is one of these. What it costs is what the same message costs more when all of them listen.
 */
export const deliveryBench: Bench = {
  name: 'delivery',
  async run(stage) {
    const world = await stage.newWorld()
    await world.addPeople(0, people)
    await world.addCrowd(0, 0, people)
    const tokens = await tokensOf(0, people)
    const product = await startOn(stage, world)
    const floor = await startFloor(stage.children, world.url)
    const query = operation('Events')
    const counter = createCounter()
    /** What floor and product send must be of one size. */
    let example = ''
    const onEvent = (frame: Buffer) => {
      if (!example && frame.includes('"MessageAdded"')) example = String(frame)
      if (!frame.includes('"PresenceChanged"')) counter.add()
    }
    const listen = (port: number) => subscribeAll(tokens.map((token) => ({ port, token, query, onEvent })))
    // Nobody but the author is told twice.
    const deliveries = 2 * people - 1
    const send = operation('SendMessage')
    const input = () => ({ chatId: chatId(0), text: 'Подставим x в уравнение, приведём подобные и проверим ответ.' })
    const sendOne = () =>
      load(product.port, 1, 1, () =>
        post('/graphql', { query: send, variables: { input: input() } }, '"sent"', tokens[0]),
      )
    const usOfSends = async (heard: boolean) => {
      const before = product.cpuMs()
      for (let i = 0; i < messages; i++) {
        const all = heard ? counter.more(deliveries) : undefined
        await sendOne()
        await all
      }
      return ((product.cpuMs() - before) / (messages * deliveries)) * 1000
    }
    // To nobody: what it costs to write a message for so many, which is no delivery yet.
    await usOfSends(false)
    const unheard: number[] = []
    for (let round = 0; round < stage.rounds; round++) unheard.push(await usOfSends(false))

    const live = await listen(product.port)
    const bare = await listen(floor.port)
    const figures = await alternate(
      stage.rounds,
      () => usOfSends(true),
      async () => {
        const before = floor.cpuMs()
        const text = example || `{"type":"next","payload":"${'x'.repeat(700)}"}`
        // More of them, since so little is hard to see in the system's accounts.
        const frames = 5 * messages
        for (let i = 0; i < frames; i++) {
          const all = counter.more(people)
          await load(floor.port, 1, 1, () =>
            post('/broadcast', { text: text.replaceAll('"MessageAdded"', '"MessageBare"') }, '{}'),
          )
          await all
        }
        return ((floor.cpuMs() - before) / (frames * people)) * 1000
      },
    )
    for (const subscriber of [...live, ...bare]) subscriber.close()
    await product.stop()
    await floor.stop()
    return [
      {
        what: 'delivery to 1,000: CPU each',
        unit: 'µs',
        product: figures.product.map((us, round) => us - (unheard[round] ?? 0)),
        floor: figures.floor,
        bar: { atMost: 1.5 },
      },
      { what: 'the same with the write for 1,000', unit: 'µs', ...figures, bar: { atMost: 1.5 } },
    ]
  },
}
