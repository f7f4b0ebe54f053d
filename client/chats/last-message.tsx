import { FormattedMessage } from 'react-intl'
import type { ChatFieldsFragment } from '../graphql/generated/graphql.ts'
import { previewOf } from './preview.ts'

/** The chat's last message in one line. */
export function LastMessage({ chat, viewerId }: { chat: ChatFieldsFragment; viewerId: string | undefined }) {
  const message = chat.lastMessage
  if (!message) return <FormattedMessage id="chats.noMessages" />
  if (message.deletedAt) return <FormattedMessage id="chats.deleted" />
  const text = previewOf(message.text)
  return message.author.id === viewerId ? <FormattedMessage id="chats.you" values={{ text }} /> : text
}
