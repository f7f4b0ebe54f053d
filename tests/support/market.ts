import { request } from './client.ts'
import { hostToken, tokenFor } from './tokens.ts'

/** Somebody of a test, with a token. */
export interface Person {
  externalId: string
  token: string
}

export const person = async (externalId: string, claims: Record<string, unknown> = {}): Promise<Person> => ({
  externalId,
  token: await tokenFor(externalId, claims),
})

/** Sends an operation and returns its data; errors fail the test. */
export async function run<T = any>(
  url: string,
  token: string,
  query: string,
  variables?: Record<string, unknown>,
): Promise<T> {
  const { data, errors } = await request<T>(url, token, query, variables)
  if (errors || !data) throw new Error(JSON.stringify(errors))
  return data
}

/** A chat made by the host for these people; returns its id. */
export async function createChat(
  url: string,
  people: readonly Person[],
  title = 'Заказ',
  externalRef?: string,
): Promise<string> {
  const data = await run(
    url,
    await hostToken(),
    'mutation($input: CreateChatInput!) { createChat(input: $input) { id } }',
    {
      input: {
        title,
        externalRef,
        participants: people.map(({ externalId }) => ({ externalId, name: externalId, role: 'CLIENT' })),
      },
    },
  )
  return data.createChat.id
}

export const sendMutation = /* GraphQL */ `
  mutation ($input: SendMessageInput!) {
    sendMessage(input: $input) {
      __typename
      ... on SendMessageSuccess { duplicate sent { id seq text clientMessageId createdAt author { externalId } } }
      ... on ContactDataRefused { message findings { kind start end rule message } }
      ... on InvalidText { message reason }
      ... on RateLimited { message retryAfterMs }
    }
  }
`

/** Sends a text and returns the result union. */
export const send = async (
  url: string,
  token: string,
  chatId: string,
  text: string,
  clientMessageId?: string,
): Promise<any> => (await run(url, token, sendMutation, { input: { chatId, text, clientMessageId } })).sendMessage
