import { operation } from '../../support/dashboard-operations.ts'
import { alternate, type Bench, type Row } from '../bench.ts'
import { load, post } from '../http-load.ts'
import { startFloor } from '../programs.ts'
import { openViewers } from '../stages.ts'
import { chatId, userId } from '../world.ts'

const viewers = 50
const chatsEach = 25
const messagesEach = 60
const connections = 20
const requests = 1500

/**
 * The two reads of a dashboard that opens: asked for as if for the first time, so that nothing kept answers them, and as they are when
 * the same people ask again and nothing is new.
 */
export const readBench: Bench = {
  name: 'read',
  async run(stage) {
    const { world, product, tokens } = await openViewers(stage, { viewers, chatsEach, messagesEach })
    const floor = await startFloor(stage.children, world.url)
    const viewerOf = (i: number) => i % viewers
    const usOf = async (program: typeof product, next: Parameters<typeof load>[3]) => {
      const before = program.cpuMs()
      await load(program.port, connections, requests, next)
      return ((program.cpuMs() - before) / requests) * 1000
    }
    const reads = [
      {
        what: 'read 20 messages',
        query: operation('Messages'),
        // Of fewer chats where they are asked for again: each person's question has been asked before.
        input: (i: number, isAgain: boolean) => {
          const chat = isAgain ? 0 : Math.floor(i / viewers) % chatsEach
          return { chatId: chatId(viewerOf(i) * chatsEach + chat), userId: userId(viewerOf(i)) }
        },
        variables: (chat: string) => ({ chatId: chat, first: 20, fromSeq: messagesEach - 19 }),
        path: '/messages',
        expects: `Сообщение ${messagesEach}:`,
      },
      {
        what: 'read 20 chats',
        query: operation('Chats'),
        input: (i: number) => ({ chatId: '', userId: userId(viewerOf(i)) }),
        variables: () => ({ first: 20 }),
        path: '/chats',
        expects: '"lastMessage":{',
      },
    ]
    let asked = 0
    const rows: Row[] = []
    for (const { what, query, input, variables, path, expects } of reads) {
      for (const isAgain of [false, true]) {
        const body = (i: number) => ({
          query,
          variables: { ...variables(input(i, isAgain).chatId), ...(!isAgain && { asked: asked++ }) },
        })
        const figures = await alternate(
          stage.rounds,
          () => usOf(product, (i) => post('/graphql', body(i), expects, tokens[viewerOf(i)])),
          () => usOf(floor, (i) => post(path, input(i, isAgain), expects)),
        )
        rows.push({
          what: `${what}${isAgain ? ' again' : ''}: CPU a request`,
          unit: 'µs',
          ...figures,
          bar: { atMost: 3 },
        })
      }
    }
    await product.stop()
    await floor.stop()
    return rows
  },
}
