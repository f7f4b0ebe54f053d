import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { createAuthenticator } from './auth/authenticator.ts'
import { createTokenVerifier } from './auth/token-verifier.ts'
import { createChatAccess } from './chats/access.ts'
import { createChatService } from './chats/chat.service.ts'
import { createHostChatService } from './chats/host-chat.service.ts'
import type { Config } from './config.ts'
import type { Services } from './context.ts'
import { createCursorCodec } from './cursor.ts'
import { type OnStatement, openDatabase } from './db.ts'
import { startDemo } from './demo/demo.ts'
import { explorerPeople } from './demo/explorer-people.ts'
import { forbidden } from './errors.ts'
import { createLocalBus } from './events/bus.ts'
import { createEventFacts } from './events/event-facts.ts'
import { createEventLog } from './events/event-log.ts'
import { findConnected } from './events/instances.ts'
import { startLogWatch } from './events/log-watch.ts'
import { createPresence } from './events/presence.ts'
import { createRedisBus } from './events/redis-bus.ts'
import { startRetention } from './events/retention.ts'
import { EventStream } from './events/stream.ts'
import { createToClientError } from './http/client-errors.ts'
import { createCostInFlight } from './http/cost-in-flight.ts'
import { maxAnswerMs } from './http/deadline.ts'
import { createGraphQL } from './http/graphql.ts'
import { createGraphQLHandler } from './http/graphql-handler.ts'
import { maxStalledMs } from './http/limits.ts'
import { createOperationLimiter } from './http/operation-limiter.ts'
import { createResponseCache } from './http/response-cache.ts'
import { startHttpServer } from './http/server.ts'
import { loadStaticFiles } from './http/static-files.ts'
import { loadTrustedDocuments } from './http/trusted-documents.ts'
import { createWebSocketServer } from './http/websocket.ts'
import { createKeyedQueue } from './keyed-queue.ts'
import type { Logger } from './logger.ts'
import { createMessageService } from './messages/message.service.ts'
import { createMessageChangeService } from './messages/message-changes.service.ts'
import { createRefusalTally } from './messages/refusal-tally.ts'
import { createSendBatch } from './messages/send-batch.ts'
import { createSendQueue } from './messages/send-queue.ts'
import { createTextJudge } from './messages/text-judge.ts'
import { createMetrics, watchSources } from './metrics.ts'
import { createNotificationService } from './notifications/notification.service.ts'
import { createRateLimiter, type NewRateLimiter } from './rate-limiter.ts'
import { connectRedis } from './redis.ts'
import { createRows } from './rows/rows.ts'
import { sharedSecret } from './secrets.ts'
import { createSharedRateLimiters } from './shared-rate-limiter.ts'
import { createActivityService } from './staff/activity.service.ts'
import { createStaffService } from './staff/staff.service.ts'
import { createTurns } from './turns.ts'
import { createPeopleChanges } from './users/people-changes.ts'
import { createUserService } from './users/user.service.ts'
import { createPostWebhook } from './webhooks/post-webhook.ts'
import { createRefusalReport } from './webhooks/refusal-report.ts'
import { createWebhookService } from './webhooks/webhook.service.ts'
import { startWebhookDelivery } from './webhooks/webhook-delivery.ts'
import { createWebhookOutbox } from './webhooks/webhook-outbox.ts'

/** The running product. */
export interface App {
  url: string
  /** Drains and stops everything that was opened; resolves within about `graceMs`. Idempotent. */
  close(): Promise<void>
}

export interface AppOptions {
  config: Config
  logger: Logger
  clock?: () => Date
  onStatement?: OnStatement
  /** How long nothing may move on a connection with a request; `maxStalledMs` where it is left out. */
  stalledMs?: number
}

/** What the build made. */
const built = (name: string) => fileURLToPath(new URL(`../dist/${name}`, import.meta.url))

/** Of the 5 s within which an answer is due, this leaves enough for the transaction itself. */
const maxTurnWaitMs = 2500
/** How long a stop may wait for clients before it cuts them off. */
const graceMs = 5000

/**
 * Puts the product together and starts it.
 *
 * @throws when the database can't be opened or the port is taken; what was opened until then is closed
 */
export async function createApp({
  config,
  logger,
  clock = () => new Date(),
  onStatement,
  stalledMs = maxStalledMs,
}: AppOptions): Promise<App> {
  // Closed in the reverse order, also when the start fails half-way.
  const opened: (() => unknown)[] = []
  let closing: Promise<void> | undefined
  const close = () => {
    closing ??= (async () => {
      for (const undo of opened.reverse()) await undo()
    })()
    return closing
  }

  try {
    const metrics = createMetrics()
    const self = `oko ${randomUUID()}`
    const db = await openDatabase(config.database, self, (sql, durationMs) => {
      metrics.sqlDuration.observe(durationMs / 1000)
      onStatement?.(sql, durationMs)
    })
    opened.push(() => db.close())
    const redis = config.redisUrl ? await connectRedis(config.redisUrl, logger) : null
    opened.push(() => redis?.close())
    const bus = redis
      ? await createRedisBus({ redis, self, connected: (ids) => findConnected(db, ids), logger })
      : createLocalBus()
    opened.push(() => bus.close())
    watchSources(metrics, { busReliable: bus.reliable, pool: db.pool })

    const chatTurns = createKeyedQueue(maxTurnWaitMs)
    const log = createEventLog({ db, bus, clock, chatTurns })
    const access = createChatAccess(db)
    const people = createPeopleChanges()
    const presence = createPresence({ db, bus, people, clock, logger })
    opened.push(() => presence.close())
    const users = createUserService({ db, presence, clock })
    const nowMs = () => performance.now()
    const turns = createTurns()
    const newLimiter: NewRateLimiter = redis
      ? createSharedRateLimiters(redis.commands, nowMs)
      : (_name, perSecond, burst) => createRateLimiter(perSecond, burst, nowMs)
    const perMinute = config.limits.sendsPerMinute
    const sendLimiter = newLimiter('sends', perMinute / 60, perMinute)
    const refusals = createRefusalTally({ db, clock, logger })
    opened.push(() => refusals.close())
    const delivery =
      config.webhook &&
      startWebhookDelivery({
        db,
        post: createPostWebhook({ ...config.webhook, clock }),
        clock,
        logger,
        metrics,
        retentionMs: config.eventRetentionMs,
      })
    opened.push(() => delivery?.close())
    const webhooks = delivery && createWebhookOutbox(db.provider, delivery.wake)
    const reportLimiter = newLimiter('reports', perMinute / 60, perMinute)
    const report = webhooks && createRefusalReport({ db, outbox: webhooks, limiter: reportLimiter, clock, logger })
    opened.push(() => report?.close())
    const texts = createTextJudge({ ruleSet: config.guardRules, sendLimiter, metrics, refusals, report, turns })
    const sendQueue = createSendQueue({ sendBatch: createSendBatch(db, clock, webhooks), bus, chatTurns })
    const streams = {
      log,
      bus,
      clock,
      metrics,
      memberOf: access.memberOf,
      withFacts: createEventFacts(db),
      removed: forbidden,
    }
    const services: Services = {
      db,
      rows: createRows(db),
      log,
      access,
      presence,
      cursors: createCursorCodec(await sharedSecret(db, 'cursors', clock())),
      chats: createChatService({ db, log, bus, access, clock }),
      hostChats: createHostChatService({ log, presence, clock }),
      messages: createMessageService({ db, sendQueue, access, texts, clock, logger, metrics }),
      messageChanges: createMessageChangeService({ db, log, texts, webhooks, clock }),
      notifications: createNotificationService({ db, log, clock }),
      staff: createStaffService({ db, activity: createActivityService({ db, clock }), clock }),
      webhooks: createWebhookService(db, delivery, clock),
      openStream: (request) => new EventStream(request, streams),
    }

    const demo = config.identity.kind === 'demo' ? await startDemo(db, clock) : null
    const key = demo ? { kind: 'secret' as const, secret: demo.secret } : config.identity
    if (key.kind === 'demo') throw new Error('demo mode without a demo')
    const authenticate = createAuthenticator(createTokenVerifier(key, config, clock), users, clock)

    opened.push(startLogWatch(log, bus, logger))
    opened.push(startRetention(log, config.eventRetentionMs, clock, logger))
    const toClientError = createToClientError(logger)
    const limiter = createOperationLimiter(config.limits, newLimiter)
    const documents = loadTrustedDocuments(config.trustedDocuments, built('trusted-documents.json'))
    const inFlight = createCostInFlight(maxAnswerMs)
    const yoga = createGraphQL({ services, documents, inFlight, toClientError, logger })
    const shared = {
      yoga,
      services,
      documents,
      inFlight,
      authenticate,
      limiter,
      presence,
      toClientError,
      turns,
      config,
      clock,
    }
    const server = await startHttpServer({
      config,
      db,
      bus,
      graphql: createGraphQLHandler({ ...shared, people, responses: createResponseCache({ db, bus, people }) }),
      webSockets: createWebSocketServer({ ...shared, metrics, logger }),
      files: loadStaticFiles({ '': built('client'), ...(config.graphiql && { '/graphiql': built('graphiql') }) }),
      demoPeople: demo && (() => demo.people()),
      explorerPeople: demo && (() => explorerPeople(demo, db, services.cursors)),
      turns,
      metrics,
      logger,
      stalledMs,
    })
    opened.push(() => server.close(graceMs))
    return { url: server.url, close }
  } catch (error) {
    await close()
    throw error
  }
}
