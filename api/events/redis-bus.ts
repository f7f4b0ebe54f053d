import type { Logger } from '../logger.ts'
import type { RedisConnections } from '../redis.ts'
import { type Bus, type ConnectionCounts, createLocalBus, type PeerListener } from './bus.ts'
import type { LiveFacts, SentMessage, StoredEvent, TransientEvent } from './event.ts'
import { createPeerWatch } from './peer-watch.ts'

const channel = 'oko:hints'
/** How often the bus asks itself whether what it publishes comes back. */
const heartbeatMs = 500
/** Publications that Redis has not confirmed; what is beyond is dropped, since the log has it. */
const maxUnconfirmed = 1000
const maxUnconfirmedChars = 4_000_000
/** Of what an instance tells of itself, in one packet. */
const countsPerPacket = 2000

/** `number` counts all that an instance had to say, also what it could not send: a hole in them is a lost packet. */
type Packet = { from: string; number: number } & Content
type Content =
  | { stored: readonly (StoredEvent | Packed)[]; sent: readonly SentMessage[] }
  | { to: readonly string[]; transient: TransientEvent }
  | { counts: ConnectionCounts; all?: true }
  | { ask: readonly string[] }
  | { heartbeat: true }
  | { leaving: true }

interface RedisBusOptions {
  redis: RedisConnections
  /** The name of this instance. */
  self: string
  /** Which of these instances have a connection to the database. */
  connected(instances: readonly string[]): Promise<ReadonlySet<string>>
  logger: Logger
}

/**
 * The bus of several instances: hints go to the streams of this process at once, and by Redis to the other instances. Losing
 * Redis, or one that is there but doesn't answer, loses hints only: then `reliable` is false, and the log is looked at instead.
 */
export async function createRedisBus({ redis, self, connected, logger }: RedisBusOptions): Promise<Bus> {
  const { commands, subscriber } = redis
  const local = createLocalBus()
  let unconfirmed = 0
  let unconfirmedChars = 0
  let said = 0
  let peerListener: PeerListener | undefined
  const peers = createPeerWatch((peer) => peerListener?.gone(peer))

  const listenToChannel = () =>
    subscriber.subscribe(channel).catch((error: unknown) => logger.warn({ err: error }, 'redis subscribe'))
  subscriber.on('ready', listenToChannel)
  // Most of what comes is one's own, which need not be read.
  const own = `{"from":${JSON.stringify(self)},`
  subscriber.on('message', (_channel: string, text: string) => {
    if (!text.startsWith(own)) receive(JSON.parse(text) as Packet)
    else if (text.endsWith(',"heartbeat":true}')) peers.heardSelf()
  })
  if (subscriber.status === 'ready') await listenToChannel()

  function receive(packet: Packet): void {
    const { from, number } = packet
    peers.heard(from, number)
    if ('stored' in packet) local.publishStored(unpack(packet))
    else if ('transient' in packet) local.publishTransient(packet.to, withDates(packet.transient))
    else if ('counts' in packet) {
      if (packet.all) peers.knows(from)
      if (packet.all) peerListener?.replaced(from, packet.counts)
      else peerListener?.changed(from, packet.counts)
    } else if ('ask' in packet) {
      if (packet.ask.includes(self)) tellAll()
    } else if ('leaving' in packet) peers.left(from)
  }

  function send(content: Content): void {
    const packet: Packet = { from: self, number: ++said, ...content }
    if (commands.status !== 'ready' || unconfirmed >= maxUnconfirmed) return
    const text = JSON.stringify(packet)
    if (unconfirmedChars + text.length > maxUnconfirmedChars && unconfirmed > 0) return
    unconfirmed++
    unconfirmedChars += text.length
    commands
      .publish(channel, text)
      .catch((error: unknown) => logger.debug({ err: error }, 'redis publish'))
      .finally(() => {
        unconfirmed--
        unconfirmedChars -= text.length
      })
  }

  /** Everything of this instance, for those that don't know it or missed a change. */
  function tellAll(): void {
    const all = peerListener?.all() ?? []
    send({ counts: all.slice(0, countsPerPacket), all: true })
    for (let start = countsPerPacket; start < all.length; start += countsPerPacket) {
      send({ counts: all.slice(start, start + countsPerPacket) })
    }
  }

  /** Lets go of silent instances that are dead; others may be cut off from Redis and write on. */
  let lookingFor: Promise<void> | undefined
  async function lookForDead(silent: readonly string[]): Promise<void> {
    try {
      const alive = await connected(silent)
      const stillSilent = new Set(peers.silent())
      for (const peer of silent) if (!alive.has(peer) && stillSilent.has(peer)) peers.left(peer)
    } catch (error) {
      logger.warn({ err: error }, 'looking for dead instances')
    } finally {
      lookingFor = undefined
    }
  }

  const heartbeat = setInterval(() => {
    send({ heartbeat: true })
    const silent = peers.silent()
    if (silent.length > 0) lookingFor ??= lookForDead(silent)
    const ask = peers.unknown()
    if (ask.length > 0) send({ ask })
  }, heartbeatMs).unref()

  return {
    ...local,
    publishStored(events) {
      local.publishStored(events)
      if (events.length > 0) send(pack(events))
    },
    publishTransient(userIds, event) {
      local.publishTransient(userIds, event)
      if (userIds.length > 0) send({ to: userIds, transient: event })
    },
    tellPeers(counts) {
      if (counts.length > 0) send({ counts })
    },
    listenToPeers(listener) {
      peerListener = listener
    },
    reliable: () => peers.reliable(),
    lost: () => peers.lost(),
    close: async () => {
      clearInterval(heartbeat)
      send({ leaving: true })
      await lookingFor
    },
  }
}

/**
 * What somebody is told of a message: the number of the message in the packet, for whom, the position of MessageAdded, the counters
 * as of it, the state of the chat, and the notification whose event is the next one, if there is any.
 */
type Packed = [
  sent: number,
  userId: string,
  seq: number,
  unreadMessages: number,
  unreadChats: number,
  unreadNotifications: number,
  unreadCount: number,
  muted: 0 | 1,
  notificationId: string | 0,
]

/** A message goes into the packet once, whoever is told of it; what else there is about it goes without names. */
function pack(events: readonly StoredEvent[]): Extract<Content, { stored: unknown }> {
  const numbers = new Map<SentMessage, number>()
  const stored: (StoredEvent | Packed)[] = []
  let last: { told: Packed; live: LiveFacts } | undefined
  for (const event of events) {
    const { kind, userId, seq, counters, live } = event
    const { unreadMessages, unreadChats, unreadNotifications } = counters
    if (kind === 'MESSAGE_ADDED' && live) {
      const number = numbers.get(live.sent) ?? numbers.size
      numbers.set(live.sent, number)
      const { unreadCount, muted } = live
      const told: Packed = [
        number,
        userId,
        seq,
        unreadMessages,
        unreadChats,
        unreadNotifications,
        unreadCount,
        muted ? 1 : 0,
        0,
      ]
      last = { told, live }
      stored.push(told)
    } else if (kind === 'NOTIFICATION_ADDED' && live && live === last?.live) {
      // What tells of a message comes right behind it.
      last.told[8] = event.notificationId
    } else {
      const { live: _read, ...lasting } = event
      stored.push(lasting as StoredEvent)
    }
  }
  return { stored, sent: [...numbers.keys()] }
}

function unpack({ stored, sent }: Extract<Content, { stored: unknown }>): StoredEvent[] {
  const messages = sent.map(withDates)
  return stored.flatMap((packed) => {
    if (!Array.isArray(packed)) return [withDates(packed as StoredEvent)]
    const [number, userId, seq, unreadMessages, unreadChats, unreadNotifications, unreadCount, muted, notificationId] =
      packed as Packed
    const message = messages[number]
    if (!message) return []
    const { id: messageId, chatId, createdAt: at } = message.message
    const live = { sent: message, unreadCount, muted: muted === 1 }
    const counters = { unreadMessages, unreadChats, unreadNotifications }
    const added: StoredEvent = { kind: 'MESSAGE_ADDED', chatId, messageId, userId, seq, at, counters, live }
    if (notificationId === 0) return [added]
    const notified: StoredEvent = {
      kind: 'NOTIFICATION_ADDED',
      chatId,
      notificationId,
      userId,
      seq: seq + 1,
      at,
      counters: { ...counters, unreadNotifications: unreadNotifications + 1 },
      live,
    }
    return [added, notified]
  })
}

/** JSON has times as text. */
function withDates<T extends object>(value: T): T {
  const fields = value as Record<string, unknown>
  for (const [name, field] of Object.entries(fields)) {
    if (typeof field === 'string' && /^at$|At$/.test(name)) fields[name] = new Date(field)
    else if (typeof field === 'object' && field !== null) withDates(field)
  }
  return value
}
