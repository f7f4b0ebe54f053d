import { alternate, type Bench } from '../bench.ts'
import { load, post } from '../http-load.ts'
import { operation } from '../operations.ts'
import { startProduct } from '../programs.ts'
import { tokensOf } from '../world.ts'

const viewers = 50
const chatsEach = 25
const requests = 1500
const connections = 20

/** Those who ask again and again whether there is something new, and there isn't. */
export const pollingBench: Bench = {
  name: 'polling',
  async run({ children, rounds, redisUrl, newWorld }) {
    const world = await newWorld()
    await world.addPeople(0, viewers + chatsEach)
    for (let viewer = 0; viewer < viewers; viewer++)
      await world.addChatsOf(viewer, viewer * chatsEach, chatsEach, viewers)
    await world.addMessages(0, viewers * chatsEach, 20)
    const tokens = await tokensOf(0, viewers)
    const product = await startProduct(children, { DATABASE_URL: world.url, REDIS_URL: redisUrl })
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
      rounds,
      () => usOf(false),
      () => usOf(true),
    )
    await product.stop()
    return [{ what: 'polling with nothing new: CPU a request', unit: 'µs', ...figures, bar: { atMost: 0.3 } }]
  },
}
