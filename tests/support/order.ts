import { createChat, type Person, person } from './market.ts'

/** A client and an expert with the chat of an order of theirs, nobody else's. */
export interface Order {
  client: Person
  expert: Person
  chatId: string
  title: string
}

let count = 0

/** Makes an order that no other test has. */
export async function newOrder(url: string, title = 'Курсовая'): Promise<Order> {
  count++
  const client = await person(`client-${count}`, { name: 'Анна Клиентова', role: 'CLIENT' })
  const expert = await person(`expert-${count}`, { name: 'Борис Экспертов', role: 'EXPERT' })
  const whole = `${title} № ${count}`
  return { client, expert, title: whole, chatId: await createChat(url, [client, expert], whole, `order-${count}`) }
}
