import { operation } from '../../support/dashboard-operations.ts'
import type { Bench } from '../bench.ts'
import { openPairs, startOn } from '../stages.ts'
import { createCounter, subscribe, subscribeAll } from '../ws-load.ts'

const people = 1000
const chats = people / 2
const behind = 100

/** Everybody comes back at once after a restart. */
export const resumeBench: Bench = {
  name: 'resume',
  async run(stage) {
    const { world, product: first, tokens } = await openPairs(stage, chats)
    const query = operation('Events')
    const known = await subscribeAll(
      tokens.map((token) => ({ port: first.port, token, query, onEvent: () => undefined })),
    )
    const cursors = await Promise.all(
      known.map(async ({ ready }) => /"cursor":"([\w-]+)"/.exec(await ready)?.[1] ?? ''),
    )
    for (const subscriber of known) subscriber.close()
    await first.stop()
    // Each message is one event for its author, two for the other: everybody is 102 behind.
    const each = Math.ceil(behind / 3)
    await world.addMissed(0, chats, each)

    const second = await startOn(stage, world)
    const counter = createCounter()
    const all = counter.more(people * each * 3)
    const startedAt = performance.now()
    const back = tokens.map((token, i) =>
      subscribe({
        port: second.port,
        token,
        query,
        variables: { after: cursors[i] },
        onEvent: (frame) => {
          if (!frame.includes('"PresenceChanged"')) counter.add()
        },
      }),
    )
    await Promise.all([all, ...back.map(({ ready }) => ready)])
    const seconds = (performance.now() - startedAt) / 1000
    for (const subscriber of back) subscriber.close()
    await second.stop()
    return [{ what: '1,000 resume at once, 100 events behind each', unit: 's', product: [seconds], bar: { atMost: 5 } }]
  },
}
