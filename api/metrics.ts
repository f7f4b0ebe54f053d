import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What an operator watches, in Prometheus' terms. */
export interface Metrics {
  registry: Registry
  messagesSent: Counter
  /** By kind of finding, or INVALID_TEXT, RATE_LIMITED. */
  messagesRefused: Counter<'kind'>
  sockets: Gauge
  subscriptions: Gauge
  /** Seconds, by status. */
  requestDuration: Histogram<'status'>
}

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
    subscriptions: new Gauge({ name: 'oko_subscriptions', help: 'Running subscriptions', registers }),
    requestDuration: new Histogram({
      name: 'oko_http_request_duration_seconds',
      help: 'Time to answer an HTTP request',
      labelNames: ['status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    }),
  }
}
