import type { UserRole } from '../../prisma/generated/postgresql/client/client.ts'
import type { Write } from '../events/event-log.ts'
import { newId } from '../ids.ts'
import { insertRows } from '../insert-rows.ts'
import { checkText, checkUrl } from './host-text.ts'

/** A person as the host describes them. */
export interface HostUser {
  externalId: string
  name: string
  role: UserRole
  avatarUrl: string | null
}

/** Checks and trims what the host says of a person. @throws BAD_USER_INPUT */
export const readHostUser = ({ externalId, name, role, avatarUrl }: HostUser): HostUser => ({
  externalId: checkText('externalId', externalId, 255),
  name: checkText('name', name, 200),
  role,
  avatarUrl: avatarUrl === null ? null : checkUrl('avatarUrl', avatarUrl),
})

/**
 * Makes the people who aren't known yet, each with an inbox, and takes over what the host says of the others. Returns their
 * ids in the order given. Rows are touched in the order of external ids, so that concurrent calls can't deadlock.
 */
export async function ensureUsers(
  { tx, provider }: Pick<Write, 'tx' | 'provider'>,
  people: readonly HostUser[],
  now: Date,
): Promise<string[]> {
  const sorted = [...people].sort((a, b) => (a.externalId < b.externalId ? -1 : 1))
  const found = await tx.user.findMany({ where: { externalId: { in: sorted.map(({ externalId }) => externalId) } } })
  const known = new Map(found.map((user) => [user.externalId, user]))

  const created = sorted
    .filter(({ externalId }) => !known.has(externalId))
    .map(({ externalId, name, role, avatarUrl }) => ({
      id: newId('user'),
      externalId,
      name,
      role,
      avatarUrl,
      claimsIssuedAt: 0,
      createdAt: now,
    }))
  if (created.length > 0) {
    await insertRows(tx, provider, 'User', created)
    await insertRows(
      tx,
      provider,
      'Inbox',
      created.map(({ id }) => ({ ...emptyInbox, userId: id })),
    )
  }
  for (const { externalId, name, role, avatarUrl } of sorted) {
    const user = known.get(externalId)
    if (!user || (user.name === name && user.role === role && user.avatarUrl === avatarUrl)) continue
    await tx.user.update({ where: { externalId }, data: { name, role, avatarUrl }, select: { id: true } })
  }

  const ids = new Map([...found, ...created].map(({ externalId, id }) => [externalId, id]))
  return people.flatMap(({ externalId }) => ids.get(externalId) ?? [])
}

const emptyInbox = { seq: 0, prunedSeq: 0, unreadMessages: 0, unreadChats: 0, unreadNotifications: 0 }
