import { randomUUID } from 'node:crypto'
import { Redis, type RedisOptions } from 'ioredis'
import type { Logger } from '../logger.ts'
import { type Bus, createLocalBus } from './bus.ts'
import type { StoredEvent, TransientEvent } from './event.ts'

const channel = 'oko:hints'
/** How often the bus asks itself whether what it publishes comes back, and how long that may take. */
const heartbeatMs = 500
const heartbeatTimeoutMs = 1500
/** Publications that Redis has not confirmed; what is beyond is dropped, since the log has it. */
const maxUnconfirmed = 1000

/** How long an instance that is no longer heard of is believed to be cut off from Redis, writing on, instead of dead. */
const peerForgottenMs = 300_000

/** `number` counts all that an instance had to say, also what it could not send: a hole in them is a lost hint. */
type Packet = { from: string; number: number } & Content
type Content =
  | { stored: readonly StoredEvent[] }
  | { to: readonly string[]; transient: TransientEvent }
  | { heartbeat: true }
  | { leaving: true }

/**
 * The bus of several instances: hints go to the streams of this process at once, and by Redis to the other instances. Losing
 * Redis, or one that is there but doesn't answer, loses hints only: then `reliable` is false, and the log is looked at instead.
 */
export async function createRedisBus(url: string, logger: Logger): Promise<Bus> {
  const local = createLocalBus()
  const self = randomUUID()
  const options: RedisOptions = {
    lazyConnect: true,
    connectTimeout: 3000,
    keepAlive: 5000,
    retryStrategy: (attempt) => Math.min(attempt * 100, 1000),
    maxRetriesPerRequest: null,
    autoResendUnfulfilledCommands: false,
  }
  const subscriber = new Redis(url, options)
  // While Redis is away hints are dropped instead of being kept.
  const publisher = new Redis(url, { ...options, enableOfflineQueue: false })
  let unconfirmed = 0
  let heardAtMs = Number.NEGATIVE_INFINITY
  let said = 0
  let lost = 0
  const peers = new Map<string, { number: number; heardAtMs: number }>()

  for (const connection of [subscriber, publisher]) {
    connection.on('error', (error: Error) => logger.warn({ message: error.message }, 'redis'))
  }
  subscriber.on('ready', () => {
    subscriber.subscribe(channel).catch((error: unknown) => logger.warn({ err: error }, 'redis subscribe'))
  })
  subscriber.on('message', (_channel: string, text: string) => receive(text))

  function receive(text: string): void {
    const packet = JSON.parse(text, reviveDates) as Packet
    if (packet.from === self) {
      if ('heartbeat' in packet) heardAtMs = performance.now()
      return
    }
    // Who is heard for the first time may have said more before.
    if (packet.number !== (peers.get(packet.from)?.number ?? 0) + 1) lost++
    if ('leaving' in packet) peers.delete(packet.from)
    else peers.set(packet.from, { number: packet.number, heardAtMs: performance.now() })
    if ('stored' in packet) local.publishStored(packet.stored)
    else if ('transient' in packet) local.publishTransient(packet.to, packet.transient)
  }

  /** Whether everybody who was here is still heard. */
  function hearsPeers(): boolean {
    let all = true
    for (const [id, peer] of peers) {
      const silentMs = performance.now() - peer.heardAtMs
      if (silentMs > peerForgottenMs) peers.delete(id)
      else if (silentMs > heartbeatTimeoutMs) all = false
    }
    return all
  }

  function send(content: Content): void {
    const packet: Packet = { from: self, number: ++said, ...content }
    if (publisher.status !== 'ready' || unconfirmed >= maxUnconfirmed) return
    unconfirmed++
    publisher
      .publish(channel, JSON.stringify(packet))
      .catch((error: unknown) => logger.debug({ err: error }, 'redis publish'))
      .finally(() => unconfirmed--)
  }

  const heartbeat = setInterval(() => send({ heartbeat: true }), heartbeatMs).unref()

  // A Redis that is away must not keep the product from starting.
  await Promise.all([subscriber, publisher].map((connection) => connection.connect().catch(() => undefined)))
  return {
    ...local,
    publishStored(events) {
      local.publishStored(events)
      if (events.length > 0) send({ stored: events })
    },
    publishTransient(userIds, event) {
      local.publishTransient(userIds, event)
      if (userIds.length > 0) send({ to: userIds, transient: event })
    },
    reliable: () => performance.now() - heardAtMs < heartbeatTimeoutMs && hearsPeers(),
    lost: () => lost,
    close: async () => {
      clearInterval(heartbeat)
      send({ leaving: true })
      subscriber.disconnect()
      publisher.disconnect()
    },
  }
}

const reviveDates = (key: string, value: unknown) => (key === 'at' ? new Date(value as string) : value)
