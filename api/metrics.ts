import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What an operator watches, in Prometheus' terms. */
export interface Metrics {
  registry: Registry
  messagesSent: Counter
  /** By kind of finding, or INVALID_TEXT, RATE_LIMITED. */
  messagesRefused: Counter<'kind'>
  sockets: Gauge
  /** Connections given up because the other side took nothing, or didn't answer. */
  socketsGivenUp: Counter
  subscriptions: Gauge
  /** Seconds, by status. */
  requestDuration: Histogram<'status'>
  /** Seconds from `subscribe` to StreamReady. */
  subscriptionStart: Histogram
  /** Seconds from an event's commit to its stream; live events only. */
  deliveryLag: Histogram
  /** How many missed events a resumed stream read. */
  resumeLength: Histogram
  /** Events that no hint told of in time, so that they were read from the log. */
  holesFilled: Counter
  /** By what became of them: delivered, failed, given_up. */
  webhookAttempts: Counter<'result'>
  /** Seconds a statement took. */
  sqlDuration: Histogram
}

/** What is asked of the app when the metrics are read. */
export interface MetricSources {
  busReliable(): boolean
  /** Connections to the database; null where there is no pool. */
  pool(): { total: number; idle: number; waiting: number } | null
}

const fastBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

/** One registry an app, so that several in one process (tests) don't share figures. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    messagesSent: new Counter({ name: 'oko_messages_sent_total', help: 'Messages accepted', registers }),
    messagesRefused: new Counter({
      name: 'oko_messages_refused_total',
      help: 'Texts refused, by kind',
      labelNames: ['kind'],
      registers,
    }),
    sockets: new Gauge({ name: 'oko_websockets', help: 'Open WebSockets', registers }),
    socketsGivenUp: new Counter({
      name: 'oko_websockets_given_up_total',
      help: 'WebSockets given up because the client took nothing, or did not answer',
      registers,
    }),
    subscriptions: new Gauge({ name: 'oko_subscriptions', help: 'Running subscriptions', registers }),
    requestDuration: new Histogram({
      name: 'oko_http_request_duration_seconds',
      help: 'Time to answer an HTTP request',
      labelNames: ['status'],
      buckets: fastBuckets,
      registers,
    }),
    subscriptionStart: new Histogram({
      name: 'oko_subscription_start_seconds',
      help: 'Time from a subscription to its StreamReady',
      buckets: fastBuckets,
      registers,
    }),
    deliveryLag: new Histogram({
      name: 'oko_delivery_lag_seconds',
      help: 'Time from an event being written to its being handed to a live stream',
      buckets: fastBuckets,
      registers,
    }),
    resumeLength: new Histogram({
      name: 'oko_resume_events',
      help: 'Missed events that a resumed stream read',
      buckets: [0, 1, 10, 100, 1000, 10_000, 100_000],
      registers,
    }),
    holesFilled: new Counter({
      name: 'oko_log_holes_filled_total',
      help: 'Live events read from the log because no hint came in time',
      registers,
    }),
    webhookAttempts: new Counter({
      name: 'oko_webhook_attempts_total',
      help: 'Attempts to deliver an event to the webhook, by what became of them',
      labelNames: ['result'],
      registers,
    }),
    sqlDuration: new Histogram({
      name: 'oko_sql_duration_seconds',
      help: 'Time that SQL statements took',
      buckets: fastBuckets,
      registers,
    }),
  }
}

/** Adds the figures that are read from the running parts. */
export function watchSources({ registry }: Metrics, sources: MetricSources): void {
  new Gauge({
    name: 'oko_bus_reliable',
    help: '1 while hints from all instances arrive',
    registers: [registry],
    collect() {
      this.set(sources.busReliable() ? 1 : 0)
    },
  })
  new Gauge({
    name: 'oko_db_pool_connections',
    help: 'Connections to the database, and requests waiting for one',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      for (const [state, count] of Object.entries(sources.pool() ?? {})) this.set({ state }, count)
    },
  })
}
