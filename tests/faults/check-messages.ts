import { groupBy } from './grouping.ts'
import type { History, SentMessage } from './history.ts'
import type { Snapshot } from './snapshot.ts'

export interface MessageCounts {
  /** Messages that senders wanted to send. */
  wanted: number
  acknowledged: number
  /** Tries over all, more than one a message where answers were lost. */
  attempts: number
  lost: number
  doubled: number
  misordered: number
}

/** Every acknowledged message once in the database, unacknowledged ones at most once, and `seq` 1, 2, 3 … in every chat. */
export function checkMessages(history: History, snapshot: Snapshot, violations: string[]): MessageCounts {
  const externalIdOf = new Map(snapshot.users.map(({ id, externalId }) => [id, externalId]))
  const rowsOf = groupBy(
    snapshot.messages,
    ({ authorId, clientMessageId }) => `${externalIdOf.get(authorId)} ${clientMessageId}`,
  )
  const counts: MessageCounts = {
    wanted: history.messages.length,
    acknowledged: history.messages.filter(({ acknowledgements }) => acknowledgements.length > 0).length,
    attempts: history.messages.reduce((sum, { attempts }) => sum + attempts.length, 0),
    ...{ lost: 0, doubled: 0, misordered: 0 },
  }
  for (const message of history.messages) {
    const key = `${message.author} ${message.clientMessageId}`
    const rows = rowsOf.get(key) ?? []
    rowsOf.delete(key)
    if (rows.length > 1) {
      counts.doubled++
      violations.push(`${key} is ${rows.length} times in the database`)
    }
    if (message.acknowledgements.length === 0) continue
    const [row] = rows
    if (!row) {
      counts.lost++
      violations.push(`${key} was acknowledged and is not in the database`)
      continue
    }
    if (row.chatId !== message.chatId || (!row.deleted && row.text !== message.text)) {
      violations.push(`${key} is in the database with another chat or text`)
    }
    checkAcknowledgements(message, row, violations)
  }
  for (const key of rowsOf.keys()) {
    counts.doubled++
    violations.push(`${key} is in the database, and nobody sent it`)
  }

  const lastSeqOf = new Map(snapshot.chats.map(({ id, lastSeq }) => [id, lastSeq]))
  for (const [chatId, messages] of groupBy(snapshot.messages, ({ chatId }) => chatId)) {
    const holes = messages.filter(({ seq }, index) => seq !== index + 1).length
    if (holes > 0 || lastSeqOf.get(chatId) !== messages.length) {
      counts.misordered += Math.max(1, holes)
      violations.push(`${chatId}: seq is not 1 to ${messages.length}, or lastSeq is another`)
    }
  }
  return counts
}

/** All answers about a message name the same one, and one at most says that it was new. */
function checkAcknowledgements(message: SentMessage, row: { id: string; seq: number }, violations: string[]): void {
  const { acknowledgements, clientMessageId } = message
  if (acknowledgements.some(({ id, seq }) => id !== row.id || seq !== row.seq)) {
    violations.push(`${clientMessageId} was acknowledged as another message than the database has`)
  }
  if (acknowledgements.filter(({ duplicate }) => !duplicate).length > 1) {
    violations.push(`${clientMessageId} was acknowledged as new more than once`)
  }
}
