import { readFileSync } from 'node:fs'
import { buildSchema, type ExecutionResult, type GraphQLSchema, graphql, parse, subscribe } from 'graphql'

// The real schema over an in-memory log: enough of the API's meaning to hold the client to it.

type User = { id: string; name: string; role: string; online: boolean }
type Message = {
  id: string
  chatId: string
  seq: number
  authorId: string
  text: string
  createdAt: string
  clientMessageId: string | null
  editedAt: string | null
  deletedAt: string | null
}
type Chat = { id: string; title: string; readSeqs: Map<string, number>; muted: boolean; createdAt: string }
type Notification = {
  id: string
  chatId: string
  messageId: string
  title: string
  createdAt: string
  readAt: string | null
}
type Args = {
  chatId: string
  id: string
  first?: number
  after?: string
  fromSeq?: number
  search?: string
  text: string
  ids?: string[]
  upToSeq?: number
  muted?: boolean
  input: { chatId: string; text: string; clientMessageId?: string }
}

type EditArgs = { input: { id: string; text: string } }

/** An event as resolvers see it: nested objects are functions, so they are hydrated as of delivery. */
export type FakeEvent = { __typename: string; cursor: string; at: string } & Record<string, unknown>

/** What a request has of its document. */
type SentDocument = { query?: string; extensions?: { persistedQuery?: { sha256Hash?: string } } | null }

const json = (answer: object) =>
  new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } })

/** The answer to a hash that isn't known. */
export const unknownHash = {
  message: 'PersistedQueryNotFound',
  extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' },
}

/** One viewer ("me") and the people they talk to. */
export class FakeApi {
  readonly schema: GraphQLSchema = buildSchema(readFileSync('schema.graphql', 'utf8'))
  readonly events: FakeEvent[] = []
  readonly requests: string[] = []
  /** Those that came as their text. */
  readonly withText: string[] = []
  /** Documents by their hash, and whether this server is of the client's version and has them. */
  private readonly registered: Record<string, string> = JSON.parse(
    readFileSync('client/graphql/generated/persisted-documents.json', 'utf8'),
  )
  knowsHashes = true
  readonly users = new Map<string, User>()
  readonly chats = new Map<string, Chat>()
  messages: Message[] = []
  notifications: Notification[] = []
  /** Called with each new event. */
  onEvent: (event: FakeEvent) => void = () => {}
  /** Texts that contain this are refused. */
  refused = '+7'
  private clockMs = Date.parse('2026-11-20T10:00:00Z')

  constructor() {
    this.addUser('me', 'Анна')
    this.addUser('expert', 'Борис')
  }

  private now() {
    this.clockMs += 1000
    return new Date(this.clockMs).toISOString()
  }

  addUser(id: string, name: string) {
    this.users.set(id, { id, name, role: 'CLIENT', online: false })
  }

  /** A chat of the viewer's; with an event unless `isSilent`. */
  addChat(id: string, { title = `Заказ ${id}`, isSilent = false } = {}) {
    this.chats.set(id, {
      id,
      title,
      muted: false,
      createdAt: this.now(),
      readSeqs: new Map([
        ['me', 0],
        ['expert', 0],
      ]),
    })
    if (!isSilent) this.emit('ChatChanged', { chat: () => this.chatOf(id) })
  }

  addMessage(chatId: string, authorId: string, text: string, clientMessageId: string | null = null): Message {
    const seq = this.messages.filter((message) => message.chatId === chatId).length + 1
    const message: Message = {
      id: `${chatId}-${seq}`,
      chatId,
      seq,
      authorId,
      text,
      createdAt: this.now(),
      clientMessageId,
      editedAt: null,
      deletedAt: null,
    }
    this.messages.push(message)
    this.chat(chatId).readSeqs.set(authorId, seq)
    const notification =
      authorId === 'me'
        ? null
        : {
            id: `n-${message.id}`,
            chatId,
            messageId: message.id,
            title: 'Новое сообщение',
            createdAt: message.createdAt,
            readAt: null,
          }
    if (notification) this.notifications.push(notification)
    this.emit('MessageAdded', { message: () => this.messageOf(message) })
    if (notification) this.emit('NotificationAdded', { notification: () => this.notificationOf(notification) })
    return message
  }

  /** Messages of long ago, which no event tells of. */
  addHistory(chatId: string, count: number) {
    const readSeqs = this.chat(chatId).readSeqs
    for (let n = 0; n < count; n += 1) {
      const seq = n + 1
      this.messages.push({
        id: `${chatId}-${seq}`,
        chatId,
        seq,
        authorId: 'expert',
        text: 'Давно',
        createdAt: this.now(),
        clientMessageId: null,
        editedAt: null,
        deletedAt: null,
      })
    }
    readSeqs.set('expert', count)
  }

  readChat(chatId: string, readerId: string, upToSeq: number) {
    const { readSeqs } = this.chat(chatId)
    if ((readSeqs.get(readerId) ?? 0) >= upToSeq) return
    readSeqs.set(readerId, upToSeq)
    const read =
      readerId !== 'me' ? [] : this.notifications.filter((one) => one.chatId === chatId && one.readAt === null)
    for (const one of read) one.readAt = this.now()
    this.emit('ChatRead', {
      chat: () => this.chatOf(chatId),
      reader: () => this.userOf(readerId),
      lastReadSeq: upToSeq,
    })
    if (read.length > 0) this.emit('NotificationsRead', { ids: read.map(({ id }) => id) })
  }

  readNotifications(ids: string[]) {
    for (const one of this.notifications) if (ids.includes(one.id)) one.readAt ??= this.now()
    this.emit('NotificationsRead', { ids })
  }

  deleteMessage(id: string) {
    const message = this.messages.find((one) => one.id === id)
    if (!message) throw new Error(`no message ${id}`)
    Object.assign(message, { text: '', deletedAt: this.now() })
    this.emit('MessageChanged', { message: () => this.messageOf(message) })
  }

  setMuted(chatId: string, muted: boolean) {
    this.chat(chatId).muted = muted
    this.emit('ChatChanged', { chat: () => this.chatOf(chatId) })
  }

  /** Stored nowhere, like the real one; only who is connected hears of it. */
  startTyping(chatId: string, userId: string) {
    this.emit('Typing', { chatId, user: () => this.userOf(userId) })
  }

  leaveChat(chatId: string) {
    this.chats.delete(chatId)
    this.notifications = this.notifications.filter((one) => one.chatId !== chatId)
    this.emit('ChatLeft', { chatId })
  }

  /** A POST to /graphql. */
  fetch: typeof fetch = async (_input, init) => {
    const { variables, ...document } = JSON.parse(String(init?.body)) as SentDocument & {
      variables: Record<string, unknown>
    }
    const query = this.textOf(document)
    if (query === null) return json({ errors: [unknownHash] })
    const name = /(?:query|mutation) (\w+)/.exec(query)?.[1] ?? ''
    this.requests.push(name)
    if (document.query) this.withText.push(name)
    const result = await this.execute(query, variables)
    return json(result)
  }

  /** The text of a document that was sent as itself or by its hash; null where the hash is not known. */
  textOf({ query, extensions }: SentDocument): string | null {
    if (query) return query
    return (this.knowsHashes && this.registered[extensions?.persistedQuery?.sha256Hash ?? '']) || null
  }

  execute(source: string, variableValues: Record<string, unknown>): Promise<ExecutionResult> {
    return graphql({ schema: this.schema, source, variableValues, rootValue: this.root })
  }

  /** One event in the shape the subscription's document selects. */
  async deliver(query: string, event: FakeEvent): Promise<ExecutionResult> {
    const stream = await subscribe({
      schema: this.schema,
      document: parse(query),
      subscribeFieldResolver: async function* () {
        yield { events: event }
      },
    })
    if (!(Symbol.asyncIterator in stream)) throw new Error(JSON.stringify(stream))
    for await (const result of stream) return result
    throw new Error('nothing delivered')
  }

  readonly root = {
    viewer: () => this.userOf('me'),
    counters: () => this.counters(),
    chat: ({ id }: Args) => this.chatOf(id),
    chats: ({ first = 20, after, search = '' }: Args) => {
      const sorted = [...this.chats.keys()]
        .map((id) => this.chatOf(id))
        .filter(({ title }) => title.toLowerCase().includes(search.toLowerCase()))
        .sort((a, b) => (a.lastActivityAt < b.lastActivityAt ? 1 : -1))
      return forward(sorted, first, after)
    },
    messages: ({ chatId, first = 20, fromSeq = 1 }: Args) => ({
      edges: this.messages
        .filter((message) => message.chatId === chatId && message.seq >= fromSeq)
        .slice(0, first)
        .map((message) => ({ cursor: String(message.seq), node: this.messageOf(message) })),
    }),
    notifications: ({ first = 20, after }: Args) =>
      forward(this.notifications.map((one) => this.notificationOf(one)).reverse(), first, after),
    notificationSettings: () => ({
      sound: true,
      kinds: [
        { kind: 'MESSAGE', inApp: true },
        { kind: 'HOST', inApp: true },
      ],
    }),
    checkText: ({ text }: Args) => {
      const findings = this.findingsOf(text)
      return { allowed: findings.length === 0, findings, invalid: null }
    },
    sendMessage: ({ input }: Args) => {
      const findings = this.findingsOf(input.text)
      if (findings.length > 0)
        return { __typename: 'ContactDataRefused', message: 'Контактные данные запрещены', findings }
      const known = this.messages.find(({ clientMessageId }) => clientMessageId === input.clientMessageId)
      const sent = known ?? this.addMessage(input.chatId, 'me', input.text, input.clientMessageId)
      return { __typename: 'SendMessageSuccess', sent: this.messageOf(sent), duplicate: known !== undefined }
    },
    editMessage: ({ input }: EditArgs) => {
      const message = this.messages.find(({ id }) => id === input.id)
      if (!message) throw new Error('FORBIDDEN')
      Object.assign(message, { text: input.text, editedAt: this.now() })
      this.emit('MessageChanged', { message: () => this.messageOf(message) })
      return { __typename: 'EditMessageSuccess', edited: this.messageOf(message) }
    },
    markChatRead: ({ chatId, upToSeq = Number.MAX_SAFE_INTEGER }: Args) => {
      this.readChat(chatId, 'me', Math.min(upToSeq, this.chatOf(chatId).lastSeq))
      return this.chatOf(chatId)
    },
    markNotificationsRead: ({ ids }: Args) => {
      this.readNotifications(ids ?? this.notifications.filter(({ readAt }) => !readAt).map(({ id }) => id))
      return this.counters()
    },
    setChatMuted: ({ chatId, muted = false }: Args) => {
      this.setMuted(chatId, muted)
      return this.chatOf(chatId)
    },
    setTyping: () => true,
  }

  private findingsOf(text: string) {
    const start = text.indexOf(this.refused)
    return start < 0
      ? []
      : [{ kind: 'PHONE', start, end: start + this.refused.length, rule: 'base', message: 'Номер телефона' }]
  }

  private emit(__typename: string, fields: Record<string, unknown>) {
    const counters = this.counters()
    const event: FakeEvent = { __typename, cursor: `c${this.events.length + 1}`, at: this.now(), ...fields, counters }
    this.events.push(event)
    this.onEvent(event)
  }

  private chat(id: string): Chat {
    const chat = this.chats.get(id)
    if (!chat) throw new Error(`no chat ${id}`)
    return chat
  }

  private unreadOf({ id, readSeqs }: Chat) {
    const read = readSeqs.get('me') ?? 0
    return this.messages.filter((one) => one.chatId === id && one.seq > read && one.authorId !== 'me' && !one.deletedAt)
      .length
  }

  private counters() {
    const heard = [...this.chats.values()].filter(({ muted }) => !muted).map((chat) => this.unreadOf(chat))
    return {
      unreadMessages: heard.reduce((sum, count) => sum + count, 0),
      unreadChats: heard.filter((count) => count > 0).length,
      unreadNotifications: this.notifications.filter(({ readAt }) => readAt === null).length,
    }
  }

  private userOf = (id: string) => ({ externalId: id, avatarUrl: null, lastSeenAt: null, ...this.users.get(id) })

  private chatOf = (id: string) => {
    const chat = this.chats.get(id)
    // Hydrated at delivery: of a chat that was left meanwhile nothing is told.
    if (!chat) throw new Error('FORBIDDEN')
    const messages = this.messages.filter((message) => message.chatId === id)
    const last = messages.at(-1)
    return {
      ...chat,
      externalRef: null,
      lastSeq: messages.length,
      lastMessage: last ? this.messageOf(last) : null,
      lastActivityAt: last?.createdAt ?? chat.createdAt,
      unreadCount: this.unreadOf(chat),
      participants: [...chat.readSeqs].map(([userId, lastReadSeq]) => ({
        user: this.userOf(userId),
        lastReadSeq,
        joinedAt: chat.createdAt,
      })),
    }
  }

  private messageOf = (message: Message) => ({
    ...message,
    author: this.userOf(message.authorId),
    chat: () => this.chatOf(message.chatId),
  })

  private notificationOf = (one: Notification) => {
    const message = this.messages.find(({ id }) => id === one.messageId)
    return {
      ...one,
      kind: 'MESSAGE',
      body: message?.text ?? '',
      url: null,
      actor: null,
      chat: () => this.chatOf(one.chatId),
      message: message ? this.messageOf(message) : null,
    }
  }
}

function forward<T extends { id: string }>(all: T[], first: number, after?: string) {
  const start = after ? all.findIndex(({ id }) => id === after) + 1 : 0
  const page = all.slice(start, start + first)
  return {
    edges: page.map((node) => ({ cursor: node.id, node })),
    pageInfo: {
      hasNextPage: start + first < all.length,
      hasPreviousPage: false,
      startCursor: null,
      endCursor: page.at(-1)?.id ?? null,
    },
  }
}
