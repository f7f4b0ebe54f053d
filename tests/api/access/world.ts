import type { TestApp } from '../../support/app.ts'
import { asHost, removeParticipant, say } from '../../support/chat.ts'
import { listen } from '../../support/events.ts'
import { type Person, person, run } from '../../support/market.ts'
import { connectSocket, type RawSocket } from '../../support/socket.ts'
import { hostToken, tokenFor } from '../../support/tokens.ts'
import type { Principal, Target } from './rules.ts'

/** A string that is stored in one place, and who may ever see it in an answer. */
export interface Canary {
  name: string
  text: string
  mayKnow: readonly Principal[]
}

/** A chat with its messages, notifications and people, each text of it a canary; and those who stand outside, with a chat each. */
export interface World {
  tokens: Readonly<Record<Principal, string | null>>
  /** Of those who can open one. */
  sockets: ReadonlyMap<Principal, RawSocket>
  /** Cursors from before anything was said. */
  cursors: ReadonlyMap<Principal, string>
  targets: Readonly<Record<Target, string>>
  /** Of the secret chat; `createChat` with it answers with that chat. */
  externalRef: string
  people: Readonly<Record<'author' | 'participant' | 'former' | 'stranger' | 'staff', Person>>
  canaries: readonly Canary[]
  /** Says something to the secret chat as one of its participants, with a new canary for these. */
  tell(who: 'author' | 'participant', name: string): Promise<void>
  /** What of an answer its reader must not see, by the names of canaries. */
  leaksIn(answer: string, reader: Principal): string[]
  close(): Promise<void>
}

const inside = ['participant', 'author'] as const
const insideAndHost = [...inside, 'host'] as const
const outsiders = ['stranger', 'former', 'staff'] as const

export async function makeWorld(app: TestApp): Promise<World> {
  const { url } = app
  const canaries: Canary[] = []
  /** Letters alone: no rule of the guard may take it for anything. */
  const canary = (name: string, mayKnow: readonly Principal[]): string => {
    const [tens, ones] = [Math.floor(canaries.length / 20), canaries.length % 20].map(
      (digit) => 'bcdfghjklmnpqrstvwxz'[digit],
    )
    const text = `канарейка${tens}${ones}`
    canaries.push({ name, text, mayKnow })
    return text
  }
  const named = async (name: string, mayKnow: readonly Principal[], role = 'CLIENT'): Promise<Person> =>
    person(canary(`externalId of ${name}`, mayKnow), {
      name: canary(`name of ${name}`, mayKnow),
      picture: `https://pictures.example/${encodeURIComponent(name)}-${canary(`picture of ${name}`, mayKnow)}`,
      role,
    })
  const people = {
    author: await named('author', insideAndHost),
    participant: await named('participant', insideAndHost),
    former: await named('former', [...inside, 'former']),
    stranger: await named('stranger', ['stranger']),
    staff: await named('staff', ['staff'], 'STAFF'),
  }
  const friend = await person('friend')
  const makeChat = async (title: string, externalRef: string, members: readonly Person[]): Promise<string> => {
    for (const { token } of members) await run(url, token, '{ viewer { id } }')
    const { createChat } = await asHost(
      url,
      'mutation ($input: CreateChatInput!) { createChat(input: $input) { id } }',
      {
        input: {
          title,
          externalRef,
          participants: await Promise.all(
            members.map(async ({ externalId, token }) => {
              const { viewer } = await run(url, token, '{ viewer { name role avatarUrl } }')
              return { externalId, ...viewer }
            }),
          ),
        },
      },
    )
    return createChat.id
  }

  const externalRef = canary('externalRef', insideAndHost)
  const { author, participant, former } = people
  const chat = await makeChat(canary('title of the chat', insideAndHost), externalRef, [author, participant, former])
  for (const name of outsiders) {
    const own = await makeChat(canary(`title of the ${name}'s own chat`, [name]), `own-${name}`, [people[name], friend])
    await say(url, friend, own, canary(`what the ${name} was told`, [name]))
  }
  const cursors = new Map<Principal, string>()
  for (const [name, { token }] of Object.entries(people)) {
    const stream = await listen(url, token)
    cursors.set(name as Principal, stream.ready.cursor)
    stream.close()
  }

  const message = await say(
    url,
    author,
    chat,
    canary('text', inside),
    canary("the author's clientMessageId", ['author']),
  )
  await say(url, participant, chat, canary('answer', inside), canary("the other's clientMessageId", ['participant']))
  await say(
    url,
    former,
    chat,
    canary('what the former participant said', inside),
    canary('clientMessageId of who left', []),
  )
  const edited = await say(url, author, chat, canary('text before an edit', []))
  await run(url, author.token, 'mutation ($input: EditMessageInput!) { editMessage(input: $input) { __typename } }', {
    input: { id: edited.id, text: canary('text after an edit', inside) },
  })
  const deleted = await say(url, author, chat, canary('text that was deleted', []))
  await run(url, author.token, 'mutation ($id: ID!) { deleteMessage(id: $id) { id } }', { id: deleted.id })
  await asHost(url, 'mutation ($input: HostNotificationInput!) { notify(input: $input) }', {
    input: {
      recipients: [participant.externalId],
      title: canary('title of a notification', ['participant']),
      body: canary('body of a notification', ['participant']),
      url: `/${canary('address of a notification', ['participant'])}`,
      key: canary('key of a notification', []),
    },
  })
  await removeParticipant(url, chat, former)
  await say(url, author, chat, canary('text after the removal', inside))
  await run(url, participant.token, 'mutation ($id: ID!) { setChatMuted(chatId: $id, muted: true) { id } }', {
    id: chat,
  })

  const ids = await run(
    url,
    participant.token,
    'query ($id: ID!) { node(id: $id) { ... on Message { author { id } } } notifications { edges { node { id message { id } } } } }',
    { id: message.id },
  )
  const targets = {
    chat,
    message: message.id as string,
    notification: ids.notifications.edges.find((edge: any) => edge.node.message?.id === message.id).node.id as string,
    person: ids.node.author.id as string,
  }
  // A resume from before the removal says which chat was left.
  canaries.push({ name: 'id of the chat', text: targets.chat, mayKnow: [...insideAndHost, 'former'] })
  canaries.push({ name: 'id of the message', text: targets.message, mayKnow: inside })
  canaries.push({ name: 'id of the notification', text: targets.notification, mayKnow: ['participant'] })
  canaries.push({ name: 'id of the person', text: targets.person, mayKnow: insideAndHost })

  const now = Math.floor(Date.now() / 1000)
  const tokens = {
    nobody: null,
    expired: await tokenFor(author.externalId, { iat: now - 120, exp: now - 60 }),
    host: await hostToken(),
    ...Object.fromEntries(Object.entries(people).map(([name, { token }]) => [name, token])),
  } as Record<Principal, string | null>
  const sockets = new Map<Principal, RawSocket>()
  for (const name of ['stranger', 'former', 'staff', 'participant', 'author', 'host'] as const) {
    sockets.set(name, await connectSocket(url, tokens[name] ?? ''))
  }

  return {
    tokens,
    sockets,
    cursors,
    targets,
    externalRef,
    people,
    canaries,
    async tell(who, name) {
      await say(url, people[who], chat, canary(name, inside))
    },
    leaksIn: (answer, reader) =>
      canaries
        .filter(({ text, mayKnow }) => !mayKnow.includes(reader) && answer.includes(text))
        .map(({ name }) => name),
    async close() {
      for (const socket of sockets.values()) await socket.close()
    },
  }
}
