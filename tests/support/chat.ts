import { randomUUID } from 'node:crypto'
import { request } from './client.ts'
import { createChat, type Person, person, run, send } from './market.ts'
import { hostToken } from './tokens.ts'

let count = 0

/** People whom no other test knows, all of them seen by the server already (as the host's, when they share a chat). */
export const newPeople = (...names: string[]): Promise<Person[]> => {
  count++
  return Promise.all(names.map((name) => person(`${name}-${count}`)))
}

/** A new chat of new people. */
export async function newChat(url: string, ...names: string[]): Promise<{ chatId: string; people: Person[] }> {
  const people = await newPeople(...names)
  return { chatId: await createChat(url, people), people }
}

/** Two people and their chat: what most tests need. */
export async function newPair(url: string): Promise<{ chatId: string; anna: Person; dmitry: Person }> {
  const { chatId, people } = await newChat(url, 'anna', 'dmitry')
  const [anna, dmitry] = people as [Person, Person]
  return { chatId, anna, dmitry }
}

/** Sends a text that must be accepted; returns the message. */
export async function say(url: string, who: Person, chatId: string, text: string, clientMessageId?: string) {
  const result = await send(url, who.token, chatId, text, clientMessageId)
  if (result.__typename !== 'SendMessageSuccess') throw new Error(JSON.stringify(result))
  return result.sent
}

/**
 * Sends a text as a careful client does: again while the answer is UNAVAILABLE (a busy machine), which a clientMessageId makes
 * harmless.
 */
export async function sayPatiently(url: string, who: Person, chatId: string, text: string) {
  const clientMessageId = randomUUID()
  for (let attempt = 1; ; attempt++) {
    try {
      return await say(url, who, chatId, text, clientMessageId)
    } catch (error) {
      if (attempt === 10 || !String(error).includes('UNAVAILABLE')) throw error
    }
  }
}

export const countersOf = async (url: string, who: Person) =>
  (await run(url, who.token, '{ counters { unreadMessages unreadChats unreadNotifications } }')).counters

/** A chat as one of its participants sees it. */
export const chatOf = async (url: string, who: Person, id: string) =>
  (
    await run(
      url,
      who.token,
      `query ($id: ID!) { chat(id: $id) { id title externalRef lastSeq unreadCount muted lastActivityAt createdAt
         lastMessage { id seq text } participants { lastReadSeq joinedAt user { externalId name role avatarUrl online } } } }`,
      { id },
    )
  ).chat

export const lastReadSeqOf = async (url: string, who: Person, chatId: string): Promise<number> =>
  (await chatOf(url, who, chatId)).participants.find((one: any) => one.user.externalId === who.externalId).lastReadSeq

/** What somebody's notifications are, latest first. */
export const notificationsOf = async (url: string, who: Person, args = '') =>
  (
    await run(
      url,
      who.token,
      `{ notifications${args} { edges { cursor node { id kind title body url readAt chat { id } message { id text } actor { externalId } } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
    )
  ).notifications.edges.map((edge: any) => edge.node)

/** Runs an operation of the host's backend. */
export const asHost = async (url: string, query: string, variables?: Record<string, unknown>) =>
  run(url, await hostToken(), query, variables)

export const removeParticipant = (url: string, chatId: string, who: Person) =>
  asHost(
    url,
    'mutation ($chatId: ID!, $who: String!) { removeParticipant(chatId: $chatId, externalId: $who) { id participants { user { externalId } } } }',
    {
      chatId,
      who: who.externalId,
    },
  )

export const addParticipant = (url: string, chatId: string, who: Person) =>
  asHost(
    url,
    'mutation ($chatId: ID!, $user: HostUserInput!) { addParticipant(chatId: $chatId, user: $user) { id participants { user { externalId } } } }',
    {
      chatId,
      user: { externalId: who.externalId, name: who.externalId, role: 'CLIENT' },
    },
  )

/** The codes of what an operation is refused with; fails where it isn't. */
export async function codesOf(
  url: string,
  token: string | null,
  query: string,
  variables?: Record<string, unknown>,
): Promise<unknown[]> {
  const { errors, body } = await request(url, token, query, variables)
  if (!errors) throw new Error(`no errors: ${body}`)
  return [...new Set(errors.map(({ extensions }) => extensions?.code))]
}

export const range = (length: number): number[] => Array.from({ length }, (_, index) => index)
