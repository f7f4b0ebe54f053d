// A mobile app's view of Oko in one file: it hears every event once and in order, whatever happens to its connection, and
// sends exactly once. Needs `npm install graphql-ws ws`; run it with
//
//   OKO_URL=http://127.0.0.1:4000 OKO_TOKEN=<JWT> node examples/mobile-client.mjs [CHAT_ID TEXT]
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { createClient } from 'graphql-ws'
import WebSocket from 'ws'

const url = process.env.OKO_URL ?? 'http://127.0.0.1:4000'
const token = () => process.env.OKO_TOKEN // An app asks its backend for a fresh one here.

const eventsQuery = `subscription Events($after: String) {
  events(after: $after) {
    __typename cursor
    ... on StreamReady { resumed }
    ... on MessageAdded { message { seq text author { name } chat { title } } counters { unreadMessages } }
  }
}`

/** Listens for ever: a new connection each time, going on from the newest cursor. A real app keeps it with its data. */
async function listen(onEvent) {
  let cursor = null
  for (let attempt = 0; ; attempt++) {
    const client = createClient({
      url: `${url.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: () => ({ Authorization: `Bearer ${token()}` }),
      retryAttempts: 0, // Its own retries would send the old cursor again.
      keepAlive: 10_000,
    })
    try {
      for await (const { data, errors } of client.iterate({ query: eventsQuery, variables: { after: cursor } })) {
        if (errors) throw errors[0]
        attempt = 0
        onEvent(data.events) // StreamReady with resumed: false means: fetch everything anew, then go on.
        cursor = data.events.cursor
      }
    } catch (reason) {
      console.error(`disconnected (${reason?.code ?? reason?.[0]?.message ?? reason}), trying again`)
    }
    await client.dispose()
    await wait(Math.random() * Math.min(10_000, 250 * 2 ** attempt))
  }
}

/** Sends once: the same clientMessageId with every retry, so that a lost answer can't make a second message. */
async function send(chatId, text) {
  const clientMessageId = randomUUID()
  const query = `mutation Send($input: SendMessageInput!) {
    sendMessage(input: $input) {
      __typename
      ... on SendMessageSuccess { duplicate sent { seq } }
      ... on Error { message }
    }
  }`
  for (let attempt = 0; ; attempt++) {
    try {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token()}` },
        body: JSON.stringify({ query, variables: { input: { chatId, text, clientMessageId } } }),
      })
      const { data, errors } = await response.json()
      if (!errors) return data.sendMessage
      if (errors[0].extensions?.code !== 'UNAVAILABLE') throw new Error(errors[0].message)
    } catch (error) {
      if (!(error instanceof TypeError)) throw error // fetch's own: the network is away.
    }
    await wait(Math.random() * Math.min(10_000, 250 * 2 ** attempt))
  }
}

const [chatId, text] = process.argv.slice(2)
if (chatId && text) console.log(JSON.stringify(await send(chatId, text)))
else await listen((event) => console.log(JSON.stringify(event)))
