import type { Client } from '@urql/core'
import { isRetryable } from '../graphql/errors.ts'
import { SendMessageDocument } from '../graphql/generated/graphql.ts'
import type { OutboxItem, SendOutcome } from './outbox.ts'

/** One attempt to send an item of the outbox. Never throws. */
export async function sendItem(client: Client, { chatId, text, clientMessageId }: OutboxItem): Promise<SendOutcome> {
  const { data, error } = await client
    .mutation(SendMessageDocument, { input: { chatId, text, clientMessageId } }, { requestPolicy: 'network-only' })
    .toPromise()
  if (error && isRetryable(error)) return { kind: 'unreachable' }
  const result = data?.sendMessage
  if (result?.__typename === 'SendMessageSuccess') return { kind: 'sent' }
  if (result) return { kind: 'refused', refusal: { ...result, text } }
  const message = error?.graphQLErrors[0]?.message ?? error?.message ?? ''
  return { kind: 'refused', refusal: { __typename: 'RequestRefused', message, text } }
}
