import { requireHost } from '../auth/viewer.ts'
import { builder } from '../builder.ts'
import type { WebhookStatus as Status, UndeliveredWebhook as Undelivered } from './webhook.service.ts'

const UndeliveredWebhook = builder.objectRef<Undelivered>('UndeliveredWebhook').implement({
  description: 'An event that the webhook has not acknowledged.',
  fields: (t) => ({
    id: t.exposeID('id', { description: "The event's id: `Oko-Event-Id` of every attempt." }),
    type: t.exposeString('type', { description: 'What happened: `message.sent` and the like.' }),
    chatId: t.exposeID('chatId', { description: 'The chat in which it happened.' }),
    sequence: t.exposeInt('sequence', { description: "The event's number in its chat: 1, 2, 3 and so on." }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it happened.' }),
    attempts: t.exposeInt('attempts', { description: 'How many attempts have failed.' }),
    lastError: t.exposeString('lastError', {
      nullable: true,
      description: 'Why the last one failed: a status such as `HTTP 500`, or a code such as `ECONNREFUSED`.',
    }),
    nextAttemptAt: t.expose('nextAttemptAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it is tried next; null once it was given up.',
    }),
    givenUpAt: t.expose('givenUpAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was given up; null while it is tried.',
    }),
  }),
})

const WebhookStatus = builder.objectRef<Status>('WebhookStatus').implement({
  description: "How the deliveries to the host's webhook do.",
  fields: (t) => ({
    enabled: t.exposeBoolean('enabled', { description: 'Whether a webhook is configured.' }),
    waiting: t.exposeInt('waiting', { description: 'How many events are still to be delivered.' }),
    oldestWaitingAt: t.expose('oldestWaitingAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the oldest of them happened.',
    }),
    failing: t.expose('failing', {
      type: [UndeliveredWebhook],
      description: 'Those of them that have failed before, oldest first, 100 at most.',
    }),
    givenUp: t.exposeInt('givenUp', { description: 'How many events were given up and are kept.' }),
    givenUpEvents: t.expose('givenUpEvents', {
      type: [UndeliveredWebhook],
      description: 'Those events, latest first, 100 at most.',
    }),
  }),
})

builder.queryField('webhookStatus', (t) =>
  t.field({
    type: WebhookStatus,
    description:
      "For the host's backend (scope `host`). What its webhook has not acknowledged. Errors: FORBIDDEN without the scope.",
    resolve: (_root, _args, context) => {
      requireHost(context)
      return context.webhooks.status()
    },
  }),
)

builder.mutationField('redeliverWebhooks', (t) =>
  t.int({
    description:
      "For the host's backend (scope `host`). Tries again at once what was given up, for another 72 hours, and returns how many events that were; without ids also what waits for its next attempt. Idempotent: what was delivered, or is being tried, is not sent once more. Errors: FORBIDDEN without the scope.",
    args: {
      ids: t.arg.idList({
        required: false,
        description: 'Ids of events that were given up; all of them when left out.',
      }),
    },
    resolve: (_root, { ids }, context) => {
      requireHost(context)
      return context.webhooks.redeliver(ids ?? null)
    },
  }),
)
