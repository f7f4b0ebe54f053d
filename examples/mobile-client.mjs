// A mobile app's view of Oko in one file (docs/mobile.md): it hears every event once and in order, whatever happens to its
// connection, sends exactly once, and gets itself a fresh token. Needs `npm install graphql-ws ws`. Listens to everything;
// with a CHAT_ID to the messages of one chat; with a CHAT_ID and a TEXT it sends.
import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { createClient } from 'graphql-ws'
import WebSocket from 'ws'

const { OKO_URL: url = 'http://127.0.0.1:4000', OKO_TOKEN, OKO_TOKEN_URL, OKO_CURSOR_FILE: cursorFile } = process.env
const [chatId, text] = process.argv.slice(2)

/** Of your own backend, for whoever is signed in there: {"token": "<JWT>"}. */
const fetchToken = async () => (OKO_TOKEN_URL ? (await (await fetch(OKO_TOKEN_URL)).json()).token : OKO_TOKEN)
const backOff = (attempt) => wait(Math.random() * Math.min(10_000, 250 * 2 ** attempt))

const query = `subscription Listen(${chatId ? '$chatId: ID!, ' : ''}$after: String) {
  event: ${chatId ? 'messageAdded(chatId: $chatId, after: $after)' : 'events(after: $after)'} {
    __typename cursor ... on StreamReady { resumed }
    ... on MessageAdded { message { id seq text author { name } chat { id } } counters { unreadMessages } }
  }
}`
const mutation = `mutation Send($input: SendMessageInput!) {
  sendMessage(input: $input) { __typename ... on SendMessageSuccess { duplicate sent { seq } } ... on Error { message } }
}`

/** Listens for ever: a new connection each time, with a fresh token, going on from the newest cursor. */
async function listen(onEvent) {
  let cursor = cursorFile && existsSync(cursorFile) ? readFileSync(cursorFile, 'utf8') : null
  for (let attempt = 0; ; attempt++) {
    let unanswered
    const expectPong = () => (unanswered = setTimeout(() => client.terminate(), 5_000))
    const client = createClient({
      url: `${url.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: async () => ({ Authorization: `Bearer ${await fetchToken()}` }),
      retryAttempts: 0, // Its own retries would send the old cursor again.
      keepAlive: 10_000, // A phone's network goes without a word: whoever answers no ping is gone.
      on: { ping: (isTheirs) => isTheirs || expectPong(), pong: () => clearTimeout(unanswered) },
    })
    try {
      for await (const { data, errors } of client.iterate({ query, variables: { chatId, after: cursor } })) {
        if (errors) throw errors
        attempt = 0
        onEvent(data.event) // StreamReady with resumed: false means: fetch everything anew, then go on.
        cursor = data.event.cursor // An app keeps it in the same transaction as what the event changed.
        if (cursorFile) writeFileSync(cursorFile, cursor)
      }
    } catch (reason) {
      const code = reason?.[0]?.extensions?.code ?? reason?.code ?? reason
      if (['FORBIDDEN', 'BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED'].includes(code)) throw reason // Never gets better.
      console.error(`disconnected (${code}), trying again`) // 4403: the token has expired. The next attempt has another.
    }
    clearTimeout(unanswered)
    await client.dispose()
    await backOff(attempt)
  }
}

/** Sends once: the same clientMessageId with every retry, so that a lost answer can't make a second message. */
async function send(clientMessageId) {
  const body = JSON.stringify({ query: mutation, variables: { input: { chatId, text, clientMessageId } } })
  for (let attempt = 0; ; attempt++) {
    const answer = await post(body).catch(() => null) // null: the server may have taken the message, or not.
    if (answer && !answer.errors) return answer.data.sendMessage
    const code = answer?.errors[0].extensions?.code
    if (answer && !['UNAVAILABLE', 'UNAUTHENTICATED', 'RATE_LIMITED'].includes(code)) throw answer.errors
    await backOff(attempt)
  }
}

async function post(body) {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${await fetchToken()}` }
  return (await fetch(`${url}/graphql`, { method: 'POST', headers, body, signal: AbortSignal.timeout(15_000) })).json()
}

const print = (event) => console.log(JSON.stringify(event))
// An app makes the id once and keeps it with the message, from before the first attempt.
await (text ? send(randomUUID()).then(print) : listen(print))
