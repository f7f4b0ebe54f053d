import { operation } from '../../support/dashboard-operations.ts'
import { alternate, type Bench } from '../bench.ts'
import { load, post } from '../http-load.ts'
import { startFloor } from '../programs.ts'
import { openViewers } from '../stages.ts'
import { chatId, userId } from '../world.ts'

const viewers = 50
const chatsEach = 25
const messagesEach = 60
const connections = 20
const requests = 1500

/** The two reads of a dashboard that opens. Each is asked for as if for the first time: nothing kept answers it. */
export const readBench: Bench = {
  name: 'read',
  async run(stage) {
    const { world, product, tokens } = await openViewers(stage, { viewers, chatsEach, messagesEach })
    const floor = await startFloor(stage.children, world.url)
    const viewerOf = (i: number) => i % viewers
    const chatOf = (i: number) => chatId(viewerOf(i) * chatsEach + (Math.floor(i / viewers) % chatsEach))

    const usOf = async (program: typeof product, next: Parameters<typeof load>[3]) => {
      const before = program.cpuMs()
      await load(program.port, connections, requests, next)
      return ((program.cpuMs() - before) / requests) * 1000
    }
    const messages = operation('Messages')
    let asked = 0
    const chats = operation('Chats')
    const rows = [
      {
        what: 'read 20 messages: CPU a request',
        unit: 'µs',
        ...(await alternate(
          stage.rounds,
          () =>
            usOf(product, (i) =>
              post(
                '/graphql',
                {
                  query: messages,
                  variables: { chatId: chatOf(i), first: 20, fromSeq: messagesEach - 19, asked: asked++ },
                },
                `Сообщение ${messagesEach}:`,
                tokens[viewerOf(i)],
              ),
            ),
          () =>
            usOf(floor, (i) =>
              post('/messages', { chatId: chatOf(i), userId: userId(viewerOf(i)) }, `Сообщение ${messagesEach}:`),
            ),
        )),
        bar: { atMost: 3 },
      },
      {
        what: 'read 20 chats: CPU a request',
        unit: 'µs',
        ...(await alternate(
          stage.rounds,
          () =>
            usOf(product, (i) =>
              post(
                '/graphql',
                { query: chats, variables: { first: 20, asked: asked++ } },
                '"lastMessage":{',
                tokens[viewerOf(i)],
              ),
            ),
          () => usOf(floor, (i) => post('/chats', { userId: userId(viewerOf(i)) }, '"lastMessage":{')),
        )),
        bar: { atMost: 3 },
      },
    ]
    await product.stop()
    await floor.stop()
    return rows
  },
}
