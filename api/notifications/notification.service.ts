import { createHash } from 'node:crypto'
import type { NotificationKind, NotificationSettings } from '../../prisma/generated/postgresql/client/client.ts'
import type { Database } from '../db.ts'
import { badUserInput, forbidden } from '../errors.ts'
import type { Counters } from '../events/event.ts'
import type { EventLog } from '../events/event-log.ts'
import { newId, toId } from '../ids.ts'
import { insertRows } from '../insert-rows.ts'
import { checkText, checkUrl } from '../users/host-text.ts'
import { appendNotificationsRead } from './chat-notifications.ts'

export interface HostNotificationInput {
  /** External ids. */
  recipients: readonly string[]
  title: string
  body: string
  url: string | null
  /** Makes a retry harmless. */
  key: string | null
}

export interface SettingsChange {
  kinds: readonly { kind: NotificationKind; inApp: boolean | null }[] | null
  sound: boolean | null
}

export interface NotificationService {
  /**
   * Reads notifications; null: all. Idempotent.
   *
   * @throws FORBIDDEN when one of the ids isn't the user's; nothing is changed then
   */
  markRead(userId: string, ids: readonly string[] | null): Promise<Counters>
  /** The user's settings, or the defaults. */
  settings(userId: string): Promise<NotificationSettings>
  /** What is left out stays as it is. Idempotent. */
  updateSettings(userId: string, change: SettingsChange): Promise<NotificationSettings>
  /**
   * A notification of the host's own, exempt from the contact guard. Skips recipients it doesn't know and those who switched
   * the kind off. Idempotent by `key`.
   *
   * @returns how many were made
   * @throws BAD_USER_INPUT for texts or addresses that break a rule, or a key that was used for something else
   */
  notify(input: HostNotificationInput): Promise<number>
}

/** What a notification of the host has not. */
const ofHost = {
  kind: 'HOST',
  chatId: null,
  messageId: null,
  messageSeq: null,
  actorId: null,
  readAt: null,
  hidden: false,
} as const

const maxIds = 1000
const maxRecipients = 1000

export function createNotificationService({
  db,
  log,
  clock,
}: {
  db: Database
  log: EventLog
  clock: () => Date
}): NotificationService {
  const settings: NotificationService['settings'] = async (userId) =>
    (await db.client.notificationSettings.findUnique({ where: { userId } })) ?? {
      userId,
      messageInApp: true,
      hostInApp: true,
      sound: true,
    }

  return {
    settings,

    async markRead(userId, ids) {
      if (ids && ids.length > maxIds) throw badUserInput(`At most ${maxIds} ids at once`)
      return log.write(async (write) => {
        await write.lockInboxes([userId])
        const wanted = ids && [...new Set(ids.map((id) => toId('ntf', id)))]
        if (wanted) {
          const own = await write.tx.notification.count({ where: { id: { in: wanted }, userId, hidden: false } })
          if (own !== wanted.length) throw forbidden()
        }
        const read = await write.tx.notification.updateManyAndReturn({
          where: { userId, hidden: false, readAt: null, ...(wanted && { id: { in: wanted } }) },
          data: { readAt: clock() },
          select: { id: true },
        })
        appendNotificationsRead(
          write.inboxes,
          userId,
          read.map(({ id }) => id),
        )
        return write.inboxes.counters(userId)
      })
    },

    async updateSettings(userId, { kinds, sound }) {
      const inApp = (kind: NotificationKind) => kinds?.findLast((one) => one.kind === kind && one.inApp !== null)?.inApp
      const data = {
        messageInApp: inApp('MESSAGE') ?? undefined,
        hostInApp: inApp('HOST') ?? undefined,
        sound: sound ?? undefined,
      }
      await db.client.notificationSettings.upsert({ where: { userId }, create: { userId, ...data }, update: data })
      return settings(userId)
    },

    async notify(input) {
      const title = checkText('title', input.title, 200)
      const body = checkText('body', input.body.replace(/\r?\n/g, ' '), 2000)
      const url = input.url === null ? null : checkUrl('url', input.url)
      const key = input.key === null ? null : checkText('key', input.key, 255)
      const recipients = [...new Set(input.recipients)]
      if (recipients.length > maxRecipients) throw badUserInput(`At most ${maxRecipients} recipients at once`)
      for (const externalId of recipients) checkText('recipients', externalId, 255)
      const contentHash = createHash('sha256')
        .update(JSON.stringify([[...recipients].sort(), title, body, url]))
        .digest('base64url')

      return log.write(async (write) => {
        const { tx, inboxes } = write
        const before = key === null ? null : await tx.hostNotification.findUnique({ where: { key } })
        if (before) {
          if (before.contentHash !== contentHash) throw badUserInput('This key was used for another notification')
          return before.created
        }
        const users = await tx.user.findMany({
          where: { externalId: { in: recipients }, NOT: { settings: { is: { hostInApp: false } } } },
          select: { id: true },
        })
        const userIds = users.map(({ id }) => id)
        await write.lockInboxes(userIds)
        const createdAt = clock()
        const data = userIds.map((userId) => {
          const id = newId('ntf')
          const event = { kind: 'NOTIFICATION_ADDED', chatId: null, notificationId: id } as const
          const { seq } = inboxes.append(userId, event, { unreadNotifications: 1 })
          return { ...ofHost, id, userId, seq, title, body, url, createdAt }
        })
        await insertRows(tx, write.provider, 'Notification', data)
        if (key !== null) {
          await tx.hostNotification.create({ data: { key, contentHash, created: data.length, createdAt } })
        }
        return data.length
      })
    },
  }
}
