import { randomUUID } from 'node:crypto'
import { Redis, type RedisOptions } from 'ioredis'
import type { Logger } from '../logger.ts'
import { type Bus, createLocalBus } from './bus.ts'
import type { StoredEvent, TransientEvent } from './event.ts'

const channel = 'oko:hints'

type Packet =
  | { from: string; stored: readonly StoredEvent[] }
  | { from: string; to: readonly string[]; transient: TransientEvent }

/**
 * The bus of several instances: hints go to the streams of this process at once, and by Redis to the other instances. Losing
 * Redis loses hints only; meanwhile `reliable` is false, and readers look into the log themselves.
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
  }
  const subscriber = new Redis(url, options)
  // While Redis is away hints are dropped instead of being kept: the log has them.
  const publisher = new Redis(url, { ...options, enableOfflineQueue: false })
  let subscribed = false

  for (const connection of [subscriber, publisher]) {
    connection.on('error', (error: Error) => logger.warn({ message: error.message }, 'redis'))
  }
  subscriber.on('ready', () => {
    subscriber
      .subscribe(channel)
      .then(() => {
        subscribed = true
      })
      .catch((error: unknown) => logger.warn({ err: error }, 'redis subscribe'))
  })
  subscriber.on('close', () => {
    subscribed = false
  })
  subscriber.on('message', (_channel: string, text: string) => {
    const packet = JSON.parse(text, (key, value) => (key === 'at' ? new Date(value as string) : value)) as Packet
    if (packet.from === self) return
    if ('stored' in packet) local.publishStored(packet.stored)
    else local.publishTransient(packet.to, packet.transient)
  })

  const send = (packet: Packet) => {
    if (publisher.status !== 'ready') return
    publisher
      .publish(channel, JSON.stringify(packet))
      .catch((error: unknown) => logger.debug({ err: error }, 'redis publish'))
  }

  // A Redis that is away must not keep the product from starting.
  await Promise.all([subscriber, publisher].map((connection) => connection.connect().catch(() => undefined)))
  return {
    publishStored(events) {
      local.publishStored(events)
      if (events.length > 0) send({ from: self, stored: events })
    },
    publishTransient(userIds, event) {
      local.publishTransient(userIds, event)
      if (userIds.length > 0) send({ from: self, to: userIds, transient: event })
    },
    subscribe: local.subscribe,
    reliable: () => subscribed && publisher.status === 'ready',
    close: async () => {
      subscriber.disconnect()
      publisher.disconnect()
    },
  }
}
