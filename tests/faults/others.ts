import type { Person } from '../support/market.ts'
import { ask } from './operations.ts'
import type { Random } from './random.ts'
import { wait } from './waiting.ts'
import { type FaultChat, isGuest, type World } from './world.ts'

const answerTimeoutMs = 12_000
const markChatRead =
  'mutation ($chatId: ID!, $upToSeq: Int) { markChatRead(chatId: $chatId, upToSeq: $upToSeq) { lastSeq } }'
const markAllRead = 'mutation { markNotificationsRead { unreadNotifications } }'
const setChatMuted =
  'mutation ($chatId: ID!, $muted: Boolean!) { setChatMuted(chatId: $chatId, muted: $muted) { muted } }'
const deleteMessage = 'mutation ($id: ID!) { deleteMessage(id: $id) { deletedAt } }'
const removeParticipant =
  'mutation ($chatId: ID!, $externalId: String!) { removeParticipant(chatId: $chatId, externalId: $externalId) { id } }'
const addParticipant =
  'mutation ($chatId: ID!, $user: HostUserInput!) { addParticipant(chatId: $chatId, user: $user) { id } }'

/** Does an operation at any instance, once: those here may be lost, the histories say whether they happened. */
async function once(world: World, token: string, random: Random, query: string, variables: Record<string, unknown>) {
  const { url } = random.pick(world.instances)
  const answer = await ask(url, token, query, variables, answerTimeoutMs).catch(() => null)
  const code = answer?.errors?.[0]?.extensions.code
  if (answer?.errors && code !== 'UNAVAILABLE' && code !== 'FORBIDDEN') {
    world.history.surprises.push(`${query.slice(0, 40)}: ${JSON.stringify(answer.errors)}`)
  }
}

/** Reads, mutes, and deletes what was sent, as the people of the chats would. */
export async function runReaders(world: World, random: Random, pauseMs: number): Promise<void> {
  while (!world.working.aborted) {
    await wait(random.between(0, 2 * pauseMs))
    const chat = random.pick(world.chats)
    const who = random.pick(chat.people)
    const chatId = chat.id
    const act = random.next()
    if (act < 0.55) {
      const acknowledged = acknowledgedOf(world, chat)
      const seq = acknowledged.at(-1)?.acknowledgements[0]?.seq
      const upToSeq = seq === undefined || random.chance(0.5) ? null : Math.max(0, seq - random.between(0, 5))
      await once(world, who.token, random, markChatRead, { chatId, upToSeq })
    } else if (act < 0.65) await once(world, who.token, random, markAllRead, {})
    else if (act < 0.8) await remove(chat, random)
    else if (chat.kind === 'muting') {
      await once(world, who.token, random, setChatMuted, { chatId, muted: random.chance(0.5) })
    }
  }

  /** Somebody takes back one of the last messages. */
  async function remove(chat: FaultChat, random: Random): Promise<void> {
    const recent = acknowledgedOf(world, chat).slice(-10)
    if (recent.length === 0) return
    const { author, acknowledgements } = random.pick(recent)
    const token = chat.people.find(({ externalId }) => externalId === author)?.token
    const id = acknowledgements[0]?.id
    if (token && id) await once(world, token, random, deleteMessage, { id })
  }
}

const acknowledgedOf = (world: World, chat: FaultChat) =>
  world.history.messages.slice(-300).filter((one) => one.chatId === chat.id && one.acknowledgements.length > 0)

/** The host sends guests away and brings them back. */
export async function runHost(world: World, random: Random, pauseMs: number): Promise<void> {
  const chats = world.chats.filter(({ kind }) => kind === 'guest')
  const guestOf = (chat: FaultChat): Person | undefined => chat.people.find((one) => isGuest(chat, one))
  while (!world.working.aborted && chats.length > 0) {
    await wait(random.between(0, 2 * pauseMs))
    const chat = random.pick(chats)
    const guest = guestOf(chat)
    if (!guest) continue
    const { externalId } = guest
    if (random.chance(0.4)) {
      await once(world, world.host, random, removeParticipant, { chatId: chat.id, externalId })
    } else {
      const user = { externalId, name: externalId, role: 'CLIENT' }
      await once(world, world.host, random, addParticipant, { chatId: chat.id, user })
    }
  }
}
