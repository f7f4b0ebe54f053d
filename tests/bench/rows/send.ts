import { Pool } from 'pg'
import { operation } from '../../support/dashboard-operations.ts'
import { alternate, type Bench } from '../bench.ts'
import { sendSql } from '../floor-sql.ts'
import { load, post } from '../http-load.ts'
import { startFloor } from '../programs.ts'
import { openPairs } from '../stages.ts'
import { usualMessages } from '../usual-messages.ts'
import { chatId, userId } from '../world.ts'

const chats = 200
const connections = 50
const messages = 4000

/** A person says one after the other, and nothing twice in a row. No digits of ours among them: the guard adds up what one person says. */
const textOf = (i: number) =>
  `(${lettersOf(i)}) ${usualMessages[(i + Math.floor(i / (2 * chats))) % usualMessages.length]}`
/** "гбаа": a word that no other of 10,000 messages has, and that can't be taken for a messenger's name, however stretched. */
const lettersOf = (i: number) =>
  [1000, 100, 10, 1].map((place) => 'абгдежзилм'.charAt(Math.floor(i / place) % 10)).join('')

/** A message from HTTP request to durable row, with everything on. */
export const sendBench: Bench = {
  name: 'send',
  async run(stage) {
    const { world, product, tokens } = await openPairs(stage, chats)
    const floor = await startFloor(stage.children, world.url)
    const query = operation('SendMessage')
    let sent = 0

    /** Who sends the i-th message: every person in turn, and both of a chat one after the other. */
    const placeOf = (i: number) => {
      const person = i % (2 * chats)
      return { person, chat: person >> 1 }
    }
    const perSecond: { product: number[]; driver: number[] } = { product: [], driver: [] }

    const cpu = await alternate(
      stage.rounds,
      async () => {
        const before = product.cpuMs()
        const { ms } = await load(product.port, connections, messages, () => {
          const { person, chat } = placeOf(sent++)
          const input = { chatId: chatId(chat), text: textOf(sent), clientMessageId: `bench-${sent}` }
          return post('/graphql', { query, variables: { input } }, '"duplicate":false', tokens[person])
        })
        perSecond.product.push((messages / ms) * 1000)
        return ((product.cpuMs() - before) / messages) * 1000
      },
      async () => {
        const before = floor.cpuMs()
        await load(floor.port, connections, messages, () => {
          const { person, chat } = placeOf(sent++)
          return post('/send', { chatId: chatId(chat), userId: userId(person), text: textOf(sent) }, '"seq":')
        })
        const us = ((floor.cpuMs() - before) / messages) * 1000
        perSecond.driver.push(await byDriver())
        return us
      },
    )
    await product.stop()
    await floor.stop()
    // Without the round that warmed up.
    return [
      { what: 'send: CPU a message', unit: 'µs', ...cpu, bar: { atMost: 2.5 } },
      {
        what: 'send: durable messages a second',
        unit: '/s',
        product: perSecond.product.slice(1),
        floor: perSecond.driver.slice(1),
        bar: { atLeast: 0.5 },
      },
    ]

    /** Messages a second by the statement alone, from this process. */
    async function byDriver(): Promise<number> {
      const pool = new Pool({ connectionString: world.url, max: 10 })
      await pool.query('SELECT 1')
      const startedAt = performance.now()
      let begun = 0
      await Promise.all(
        Array.from({ length: connections }, async () => {
          while (begun++ < messages) {
            const { person, chat } = placeOf(sent++)
            const values = [chatId(chat), userId(person), `msg_driver_${sent}`, textOf(sent), `ntf_driver_${sent}`]
            await pool.query({ name: 'send', text: sendSql, values })
          }
        }),
      )
      const ms = performance.now() - startedAt
      await pool.end()
      return (messages / ms) * 1000
    }
  },
}
