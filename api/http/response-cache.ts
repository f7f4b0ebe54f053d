import { hash } from 'node:crypto'
import { createBatcher } from '../batcher.ts'
import type { Database } from '../db.ts'
import type { Bus } from '../events/bus.ts'
import { isAmong, type Statement } from '../sql.ts'
import type { PeopleChanges } from '../users/people-changes.ts'

/**
 * Answers to queries, kept for who asks again and again while nothing is new. All that a user can read changes together with the
 * `seq` of their inbox, but for the people it shows, whose changes this process hears of; an answer is given again only while
 * neither has changed.
 */
export interface ResponseCache<Answer> {
  /**
   * What is known of a question.
   *
   * @param question all that an answer depends on but what changes by itself: document, variables, language
   */
  find(userId: string, question: string): Promise<Kept<Answer>>
}

export interface Kept<Answer> {
  /** Still holds. */
  answer: Answer | null
  /**
   * To be called with the answer that was made after `find`, of `length` characters, where nothing else is needed to know whether it
   * still holds. It is kept if the question was asked before.
   */
  keep(answer: Answer, length: number, people: ShownPeople): void
}

/** The people whom an answer shows, with what was known of their changes before they were read; null: somebody unknown. */
export type ShownPeople = ReadonlyMap<string, number> | null

interface Entry<Answer> {
  answer: Answer
  length: number
  seq: number
  people: ReadonlyMap<string, number>
  madeAtMs: number
  /** What the bus had lost by then. */
  lost: number
}

/** For a change of a person that no instance told of. */
const maxAgeMs = 60_000
const maxQuestions = 20_000
const maxCharacters = 16 * 1024 * 1024
const maxAnswerCharacters = 256 * 1024
const batches = { maxItems: 200, maxRunning: 2 }

export function createResponseCache<Answer>(deps: {
  db: Database
  bus: Pick<Bus, 'reliable' | 'lost'>
  people: PeopleChanges
}): ResponseCache<Answer> {
  const { db, bus, people } = deps
  /** Least recently asked first; null: asked once. */
  const entries = new Map<string, Entry<Answer> | null>()
  let characters = 0
  const readSeqs: Statement = {
    name: 'readSeqs',
    text: `SELECT "userId", "seq" FROM "Inbox" WHERE ${isAmong(db.provider, '"userId"', 1)}`,
  }
  const seqs = createBatcher<string, number | null>({
    ...batches,
    async run(userIds) {
      const rows = await db.sql.run<{ userId: string; seq: number }>(readSeqs, [JSON.stringify(userIds)])
      const found = new Map(rows.map(({ userId, seq }) => [userId, Number(seq)]))
      return userIds.map((userId) => found.get(userId) ?? null)
    },
  })

  function put(key: string, entry: Entry<Answer> | null): void {
    characters += (entry?.length ?? 0) - (entries.get(key)?.length ?? 0)
    entries.delete(key)
    entries.set(key, entry)
    for (const [oldest, old] of entries) {
      if (entries.size <= maxQuestions && characters <= maxCharacters) break
      entries.delete(oldest)
      characters -= old?.length ?? 0
    }
  }

  return {
    async find(userId, question) {
      const key = hash('sha256', `${userId}\n${question}`, 'base64url')
      const entry = entries.get(key)
      // Asked for the first time, as most are: not worth a look at the inbox.
      if (entry === undefined) return { answer: null, keep: () => put(key, null) }
      put(key, entry)
      // Of people elsewhere nothing may be known.
      if (!bus.reliable()) return { answer: null, keep: () => undefined }
      const lost = bus.lost()
      const seq = await seqs.add(userId)
      const isFresh =
        entry?.seq === seq &&
        entry.lost === bus.lost() &&
        performance.now() - entry.madeAtMs < maxAgeMs &&
        [...entry.people].every(([id, change]) => people.latest(id) === change)
      if (isFresh) return { answer: entry.answer, keep: () => undefined }
      return {
        answer: null,
        keep(answer, length, shown) {
          if (seq === null || shown === null || length > maxAnswerCharacters) return
          put(key, { answer, length, seq, people: shown, madeAtMs: performance.now(), lost })
        },
      }
    },
  }
}
