import { requireUser } from '../auth/viewer.ts'
import { builder } from '../builder.ts'
import { holds } from '../loaded.ts'
import { Message } from './message.schema.ts'
import type { SendResult } from './message.service.ts'
import type { EditResult } from './message-changes.service.ts'
import { ContactDataRefused, InvalidText, RateLimited } from './refusals.schema.ts'
import { loadedMessage } from './sent-message.ts'
import type { Refusal } from './text-judge.ts'

const SendMessageInput = builder.inputType('SendMessageInput', {
  description: 'A message to be sent.',
  fields: (t) => ({
    chatId: t.id({ required: true, description: "Where to: the chat's id." }),
    text: t.string({
      required: true,
      description: '1 to 4000 characters (code points) after trimming; passes the contact guard.',
    }),
    clientMessageId: t.string({
      description:
        'Names the message, 1 to 64 characters, unique per author (a UUID, say). Make it once per message and keep it for retries: a retry never makes a second message.',
    }),
  }),
})

const EditMessageInput = builder.inputType('EditMessageInput', {
  description: 'A new text for an own message.',
  fields: (t) => ({
    id: t.id({ required: true, description: "The message's id." }),
    text: t.string({
      required: true,
      description: 'As for sending: 1 to 4000 characters (code points) after trimming.',
    }),
  }),
})

const SendMessageSuccess = builder.objectRef<Extract<SendResult, { kind: 'SENT' }>>('SendMessageSuccess').implement({
  description: 'The message is committed, with its notifications and events.',
  fields: (t) => ({
    sent: t.prismaField({
      type: Message,
      description: 'The message, as it is now.',
      resolve: (query, { messageId, live }, _args, context) => {
        const loaded = live && loadedMessage(live, requireUser(context).userId)
        if (loaded && holds(loaded, query)) return loaded
        return context.rows.one('Message', query, messageId)
      },
    }),
    duplicate: t.exposeBoolean('duplicate', {
      description: 'Whether this clientMessageId was sent before; nothing was changed then.',
    }),
  }),
})

const EditMessageSuccess = builder.objectRef<Extract<EditResult, { kind: 'EDITED' }>>('EditMessageSuccess').implement({
  description: 'The text was changed.',
  fields: (t) => ({
    edited: t.prismaField({
      type: Message,
      description: 'The message, as it is now.',
      resolve: (query, { messageId }, _args, { rows }) => rows.one('Message', query, messageId),
    }),
  }),
})

const refusalTypes = {
  CONTACT_DATA: 'ContactDataRefused',
  INVALID_TEXT: 'InvalidText',
  RATE_LIMITED: 'RateLimited',
} as const satisfies Record<Refusal['kind'], string>

const SendMessageResult = builder.unionType('SendMessageResult', {
  description: 'The message, or why it was refused. After a refusal nothing is stored.',
  types: [SendMessageSuccess, ContactDataRefused, InvalidText, RateLimited],
  resolveType: (result) => {
    const { kind } = result as SendResult
    return kind === 'SENT' ? 'SendMessageSuccess' : refusalTypes[kind]
  },
})

const EditMessageResult = builder.unionType('EditMessageResult', {
  description: 'The message, or why its new text was refused. After a refusal nothing is changed.',
  types: [EditMessageSuccess, ContactDataRefused, InvalidText, RateLimited],
  resolveType: (result) => {
    const { kind } = result as EditResult
    return kind === 'EDITED' ? 'EditMessageSuccess' : refusalTypes[kind]
  },
})

builder.mutationFields((t) => ({
  sendMessage: t.field({
    type: SendMessageResult,
    description:
      "Sends a message, notifies the other participants, and reads the chat for its author. Exactly once by clientMessageId, so that a retry is harmless; without one every call sends a message. Errors: FORBIDDEN where the chat is not one of the viewer's; BAD_USER_INPUT for a clientMessageId of a wrong length, or one that was used for another text or chat.",
    args: { input: t.arg({ type: SendMessageInput, required: true, description: 'The message.' }) },
    resolve: (_root, { input }, context) =>
      context.messages.send(
        { userId: requireUser(context).userId, requestId: context.requestId },
        { ...input, clientMessageId: input.clientMessageId ?? null },
      ),
  }),
  editMessage: t.field({
    type: EditMessageResult,
    description:
      "Changes the text of an own message; it passes the guard again. Idempotent: the same text again changes nothing. Errors: FORBIDDEN where the message is not the viewer's own; BAD_USER_INPUT for a deleted one.",
    args: { input: t.arg({ type: EditMessageInput, required: true, description: 'Which message, and its new text.' }) },
    resolve: (_root, { input }, context) => context.messageChanges.edit(requireUser(context), input),
  }),
  deleteMessage: t.prismaField({
    type: Message,
    description:
      'Deletes an own message: a tombstone stays, with text "" and deletedAt. Its notifications lose their body. Idempotent. Errors: FORBIDDEN where the message is not the viewer\'s own.',
    args: { id: t.arg.id({ required: true, description: "The message's id." }) },
    resolve: async (query, _root, { id }, context) => {
      await context.messageChanges.remove(requireUser(context), id)
      return context.rows.one('Message', query, id)
    },
  }),
}))
