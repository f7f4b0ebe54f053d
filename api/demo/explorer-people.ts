import type { CursorCodec } from '../cursor.ts'
import type { Database } from '../db.ts'
import type { Demo } from './demo.ts'

/** Somebody whom GraphiQL can be in demo mode, with what its ready operations need to run as they are. */
export interface ExplorerPerson {
  externalId: string
  name: string
  /** HOST: the marketplace's backend, which is no person. */
  role: string
  /** null: speaks to readers of every language. */
  locale: string | null
  token: string
  /** Their chats, latest activity first, 20 at most. */
  chatIds: readonly string[]
  /** A position some events back in their log; null for the host, who has none. */
  cursor: string | null
}

const maxChats = 20
const eventsBack = 5

/** The demo's people and its host. */
export async function explorerPeople(
  demo: Demo,
  db: Database,
  cursors: CursorCodec,
): Promise<readonly ExplorerPerson[]> {
  const [people, host] = await Promise.all([demo.people(), demo.host()])
  const users = await db.client.user.findMany({
    where: { externalId: { in: people.map(({ externalId }) => externalId) } },
    select: {
      id: true,
      externalId: true,
      inbox: { select: { seq: true, prunedSeq: true } },
      participations: {
        where: { leftAt: null },
        orderBy: { chat: { lastActivityAt: 'desc' } },
        take: maxChats,
        select: { chatId: true },
      },
    },
  })
  const known = new Map(users.map((user) => [user.externalId, user]))
  return [
    ...people.map((person) => {
      const user = known.get(person.externalId)
      const { seq, prunedSeq } = user?.inbox ?? { seq: 0, prunedSeq: 0 }
      return {
        ...person,
        chatIds: user?.participations.map(({ chatId }) => chatId) ?? [],
        cursor: user ? cursors.encode('event', user.id, [Math.max(prunedSeq, seq - eventsBack)]) : null,
      }
    }),
    { ...host, role: 'HOST', locale: null, chatIds: [], cursor: null },
  ]
}
