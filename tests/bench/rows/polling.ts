import { operation } from '../../support/dashboard-operations.ts'
import { alternate, type Bench } from '../bench.ts'
import { load, post } from '../http-load.ts'
import { openViewers } from '../stages.ts'

const viewers = 50
const chatsEach = 25
const requests = 1500
const connections = 20

/** Those who ask again and again whether there is something new, and there isn't. */
export const pollingBench: Bench = {
  name: 'polling',
  async run(stage) {
    const { product, tokens } = await openViewers(stage, { viewers, chatsEach, messagesEach: 20 })
    const query = operation('Chats')
    let changes = 0
    const usOf = async (isNew: boolean) => {
      const before = product.cpuMs()
      await load(product.port, connections, requests, (i) => {
        // Asked for otherwise each time, nothing kept can answer it.
        const text = isNew ? `${query}\n# ${changes++}` : query
        return post('/graphql', { query: text, variables: { first: 20 } }, '"lastMessage":{', tokens[i % viewers])
      })
      return ((product.cpuMs() - before) / requests) * 1000
    }
    const figures = await alternate(
      stage.rounds,
      () => usOf(false),
      () => usOf(true),
    )
    await product.stop()
    return [{ what: 'polling with nothing new: CPU a request', unit: 'µs', ...figures, bar: { atMost: 0.3 } }]
  },
}
