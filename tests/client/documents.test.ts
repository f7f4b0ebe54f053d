// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import { ChatsDocument, SendMessageDocument } from '../../client/graphql/generated/graphql.ts'
import { FakeApi } from './support/fake-api.ts'
import { openSession } from './support/render.tsx'

it('sends documents by hash, and their text to a server of another version that doesn’t know it', async () => {
  const api = new FakeApi()
  api.addChat('a')
  const sent: { query?: string; hash?: number }[] = []
  const { fetch } = api
  api.fetch = (input, init) => {
    const { query, extensions } = JSON.parse(String(init?.body))
    sent.push({ query: query?.slice(0, 8), hash: extensions?.persistedQuery?.sha256Hash?.length })
    return fetch(input, init)
  }
  const { client } = openSession(api)
  const ask = () => client.query(ChatsDocument, { first: 20 }, { requestPolicy: 'network-only' }).toPromise()
  const send = (text: string) => client.mutation(SendMessageDocument, { input: { chatId: 'a', text } }).toPromise()

  expect((await ask()).data?.chats.edges).toHaveLength(1)
  expect((await send('Первое')).data?.sendMessage.__typename).toBe('SendMessageSuccess')
  expect(sent).toEqual([{ hash: 64 }, { hash: 64 }])

  sent.length = 0
  api.knowsHashes = false
  expect((await ask()).data?.chats.edges).toHaveLength(1)
  expect((await send('Второе')).data?.sendMessage.__typename).toBe('SendMessageSuccess')
  expect(sent).toEqual([
    { hash: 64 },
    { hash: 64, query: expect.stringContaining('query') },
    { hash: 64 },
    { hash: 64, query: expect.stringContaining('mutation') },
  ])
  expect(api.messages).toHaveLength(2)
})
