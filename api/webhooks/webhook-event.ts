import type { SentMessage } from '../events/event.ts'

/** What the host can be told of; a name is never used for something else. */
export type WebhookEventType = 'message.sent' | 'message.edited' | 'message.deleted' | 'message.refused'

/** What happened in a chat, as it is appended to the chat's line. No text of anybody's is ever in it. */
export interface WebhookFact {
  type: WebhookEventType
  chatId: string
  createdAt: Date
  data: WebhookData
}

/** Ids of ours beside the host's own (`externalRef`, `externalId`); times in ISO 8601, UTC. */
interface WebhookData {
  chat: { id: string; externalRef: string | null }
  author: { externalId: string }
  /** Null for a new message that was refused: there is none. */
  message: { id: string; seq: number; createdAt: string } | null
  /** Why a text was refused: the kinds of contact details in it. Of a refusal only. */
  kinds?: readonly string[]
}

/** A fact of the line, with its place there. */
export interface WebhookEvent {
  id: string
  chatId: string
  sequence: number
  type: string
  /** JSON. */
  data: string
  createdAt: Date
}

interface MessageFacts {
  chat: { id: string; externalRef: string | null }
  author: { externalId: string }
  message: { id: string; seq: number; createdAt: Date }
}

/** What a message of these facts is told as. */
export const messageFact = (
  type: Exclude<WebhookEventType, 'message.refused'>,
  { chat, author, message }: MessageFacts,
  createdAt: Date,
): WebhookFact => ({
  type,
  chatId: chat.id,
  createdAt,
  data: {
    chat: { id: chat.id, externalRef: chat.externalRef },
    author: { externalId: author.externalId },
    message: { id: message.id, seq: message.seq, createdAt: message.createdAt.toISOString() },
  },
})

export const sentFact = (sent: SentMessage): WebhookFact => messageFact('message.sent', sent, sent.message.createdAt)

/** The body of the request, the same bytes with every attempt. */
export const bodyOf = ({ id, type, sequence, createdAt, data }: WebhookEvent): string =>
  JSON.stringify({ id, type, createdAt: createdAt.toISOString(), sequence, data: JSON.parse(data) })
