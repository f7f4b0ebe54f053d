import type { NotificationSettings as SettingsRow } from '../../prisma/generated/postgresql/client/client.ts'
import { requireUser } from '../auth/viewer.ts'
import { builder } from '../builder.ts'

export const NotificationKind = builder.enumType('NotificationKind', {
  description: 'What a notification is about.',
  values: {
    MESSAGE: { description: 'A new message in a chat.' },
    HOST: { description: "Something of the host's own." },
  } as const,
})

const KindSettings = builder.objectRef<{ kind: 'MESSAGE' | 'HOST'; inApp: boolean }>('KindSettings').implement({
  description: 'What the viewer wants of one kind of notification.',
  fields: (t) => ({
    kind: t.expose('kind', { type: NotificationKind, description: 'The kind.' }),
    inApp: t.exposeBoolean('inApp', { description: 'False: no notification of that kind is made.' }),
  }),
})

const NotificationSettings = builder.objectRef<SettingsRow>('NotificationSettings').implement({
  description: 'What the viewer wants to be notified of.',
  fields: (t) => ({
    kinds: t.field({
      type: [KindSettings],
      description: 'Every kind, once.',
      resolve: ({ messageInApp, hostInApp }) => [
        { kind: 'MESSAGE' as const, inApp: messageInApp },
        { kind: 'HOST' as const, inApp: hostInApp },
      ],
    }),
    sound: t.exposeBoolean('sound', { description: 'Whether a new notification makes a sound.' }),
  }),
})

const KindSettingsInput = builder.inputType('KindSettingsInput', {
  description: 'A change to one kind.',
  fields: (t) => ({
    kind: t.field({ type: NotificationKind, required: true, description: 'The kind.' }),
    inApp: t.boolean({ description: 'Left out: stays as it is.' }),
  }),
})

const NotificationSettingsInput = builder.inputType('NotificationSettingsInput', {
  description: 'What is left out stays as it is.',
  fields: (t) => ({
    kinds: t.field({ type: [KindSettingsInput], description: 'The kinds to change.' }),
    sound: t.boolean({ description: 'Whether a new notification makes a sound.' }),
  }),
})

builder.queryField('notificationSettings', (t) =>
  t.field({
    type: NotificationSettings,
    description: "The viewer's settings, or the defaults: everything on. Errors: FORBIDDEN for a token of the host.",
    resolve: (_root, _args, context) => context.notifications.settings(requireUser(context).userId),
  }),
)

builder.mutationField('updateNotificationSettings', (t) =>
  t.field({
    type: NotificationSettings,
    description: "Changes the viewer's settings. Idempotent. Errors: FORBIDDEN for a token of the host.",
    args: { input: t.arg({ type: NotificationSettingsInput, required: true, description: 'The changes.' }) },
    resolve: (_root, { input }, context) =>
      context.notifications.updateSettings(requireUser(context).userId, {
        kinds: input.kinds?.map(({ kind, inApp }) => ({ kind, inApp: inApp ?? null })) ?? null,
        sound: input.sound ?? null,
      }),
  }),
)
