import { badUserInput } from '../errors.ts'
import type { EventLog, Write } from '../events/event-log.ts'
import type { Presence } from '../events/presence.ts'
import { newId } from '../ids.ts'
import { insertRows } from '../insert-rows.ts'
import { checkText } from '../users/host-text.ts'
import { ensureUsers, type HostUser, readHostUser } from '../users/user-records.ts'
import { countUnread, lockChat, lockChatRow, unreadChange } from './audience.ts'

const minParticipants = 2
const maxParticipants = 1000

/** What the host's backend does with chats. Its titles are its own, so the contact guard doesn't look at them. */
export interface HostChatService {
  /**
   * Makes a chat for an order; with an externalRef that is known already, that chat, unchanged.
   *
   * @throws BAD_USER_INPUT for a title or people that break a rule
   */
  create(input: { externalRef: string | null; title: string; participants: readonly HostUser[] }): Promise<string>
  /** Adds a person, or adds them again; nothing changes for a participant. @throws FORBIDDEN where there is no such chat */
  addParticipant(chatId: string, user: HostUser): Promise<string>
  /** Ends a person's access; nothing changes for who isn't one. @throws FORBIDDEN where there is no such chat */
  removeParticipant(chatId: string, externalId: string): Promise<string>
}

export function createHostChatService({
  log,
  presence,
  clock,
}: {
  log: EventLog
  presence: Pick<Presence, 'renamed'>
  clock: () => Date
}): HostChatService {
  async function join({ tx, provider }: Write, chatId: string, userIds: readonly string[]): Promise<void> {
    const joinedAt = clock()
    const participants = userIds.map((userId) => ({ chatId, userId, lastReadSeq: 0, joinedAt }))
    await insertRows(tx, provider, 'Participant', participants)
    const states = userIds.map((userId) => ({ chatId, userId, unreadCount: 0, muted: false }))
    await insertRows(tx, provider, 'ChatState', states)
  }

  return {
    async create({ externalRef, title: givenTitle, participants }) {
      const title = checkText('title', givenTitle, 200)
      if (externalRef !== null) checkText('externalRef', externalRef, 200)
      const people = [...new Map(participants.map(readHostUser).map((user) => [user.externalId, user])).values()]
      if (people.length < minParticipants || people.length > maxParticipants) {
        throw badUserInput(`A chat has ${minParticipants} to ${maxParticipants} different participants`)
      }
      const { chatId, described } = await log.write(async (write) => {
        const known = externalRef && (await write.tx.chat.findUnique({ where: { externalRef }, select: { id: true } }))
        if (known) return { chatId: known.id, described: [] }
        const userIds = await ensureUsers(write, people, clock())
        const chatId = newId('chat')
        const createdAt = clock()
        await write.tx.chat.create({ data: { id: chatId, externalRef, title, createdAt, lastActivityAt: createdAt } })
        await join(write, chatId, userIds)
        await write.lockInboxes(userIds)
        for (const userId of userIds) write.inboxes.append(userId, { kind: 'CHAT_CHANGED', chatId })
        return { chatId, described: userIds }
      })
      presence.renamed(described)
      return chatId
    },

    async addParticipant(chatId, given) {
      const user = readHostUser(given)
      const userId = await log.write(async (write) => {
        const { tx, inboxes } = write
        await lockChatRow(write, chatId)
        const [userId] = await ensureUsers(write, [user], clock())
        if (userId === undefined) throw new Error('a person was neither found nor made')

        const key = { chatId_userId: { chatId, userId } }
        // Made before the inboxes are locked, so that the new participant's is locked in its turn with the others'.
        const before = await tx.participant.findUnique({ where: key })
        if (before === null) await join(write, chatId, [userId])
        else if (before.leftAt !== null) await tx.participant.update({ where: key, data: { leftAt: null } })
        const chat = await lockChat(write, chatId, null)
        if (before !== null && before.leftAt === null) return userId
        if (chat.members.size > maxParticipants)
          throw badUserInput(`A chat has at most ${maxParticipants} participants`)

        const member = chat.members.get(userId)
        if (!member) throw new Error('a participant was neither found nor made')
        const unreadCount = await countUnread(tx, chat, userId, member.lastReadSeq)
        await tx.chatState.update({ where: key, data: { unreadCount } })
        const shown = await tx.notification.updateManyAndReturn({
          where: { userId, chatId, hidden: true },
          data: { hidden: false },
          select: { readAt: true },
        })
        const change = {
          ...unreadChange({ ...member, unreadCount: 0 }, unreadCount),
          unreadNotifications: shown.filter(({ readAt }) => readAt === null).length,
        }
        for (const hearer of chat.members.keys()) {
          inboxes.append(hearer, { kind: 'CHAT_CHANGED', chatId }, hearer === userId ? change : {})
        }
        return userId
      }, chatId)
      presence.renamed([userId])
      return chatId
    },

    async removeParticipant(chatId, externalId) {
      await log.write(async (write) => {
        const { tx, inboxes } = write
        const chat = await lockChat(write, chatId, null)
        const user = await tx.user.findUnique({ where: { externalId }, select: { id: true } })
        const member = user && chat.members.get(user.id)
        if (!member) return
        const { userId } = member
        await tx.participant.update({ where: { chatId_userId: { chatId, userId } }, data: { leftAt: clock() } })
        const hidden = await tx.notification.updateManyAndReturn({
          where: { userId, chatId, hidden: false },
          data: { hidden: true },
          select: { readAt: true },
        })
        inboxes.append(
          userId,
          { kind: 'CHAT_LEFT', chatId },
          {
            ...unreadChange(member, 0),
            unreadNotifications: -hidden.filter(({ readAt }) => readAt === null).length,
          },
        )
        for (const hearer of chat.members.keys()) {
          if (hearer !== userId) inboxes.append(hearer, { kind: 'CHAT_CHANGED', chatId })
        }
      }, chatId)
      return chatId
    },
  }
}
