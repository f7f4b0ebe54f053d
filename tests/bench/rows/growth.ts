import { operation } from '../../support/dashboard-operations.ts'
import { alternate, type Bench, type Row } from '../bench.ts'
import { load, post } from '../http-load.ts'
import { startOn } from '../stages.ts'
import { chatId, tokensOf } from '../world.ts'

const people = 400
const chats = 200
const requests = 600
const connections = 20
/** 2,000,000 messages, and 1,000. */
const many = 10_000
const few = 5

/** The same operations with little and with much stored. */
export const growthBench: Bench = {
  name: 'growth',
  async run(stage) {
    const tokens = await tokensOf(0, people)
    const start = async (messages: number) => {
      const world = await stage.newWorld()
      await world.addPeople(0, people)
      await world.addPairs(0, chats, 0)
      await world.addMessages(0, chats, messages)
      return { program: await startOn(stage, world), messages }
    }
    const small = await start(few)
    const large = await start(many)
    const operations = {
      'newest messages': (i: number, stored: number) => ({
        query: operation('Messages'),
        variables: { chatId: chatId(i % chats), first: 5, fromSeq: stored - 4 },
      }),
      'list of chats': () => ({ query: operation('Chats'), variables: { first: 20 } }),
      send: (i: number) => ({
        query: operation('SendMessage'),
        variables: { input: { chatId: chatId(i % chats), text: `Проверил ещё раз, всё сходится (${i % 100})` } },
      }),
    }
    const rows: Row[] = []
    for (const [name, prepare] of Object.entries(operations)) {
      const msOf = async ({ program, messages }: typeof small) => {
        const { ms } = await load(program.port, connections, requests, (i) =>
          post('/graphql', prepare(i, messages), '"data":{', tokens[2 * (i % chats)]),
        )
        return ms / requests
      }
      const figures = await alternate(
        stage.rounds,
        () => msOf(large),
        () => msOf(small),
      )
      rows.push({ what: `2,000,000 messages stored: ${name}`, unit: 'ms', ...figures, bar: { atMost: 1.2 } })
    }
    await small.program.stop()
    await large.program.stop()
    return rows
  },
}
