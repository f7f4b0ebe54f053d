import { requireHost } from '../auth/viewer.ts'
import { builder } from '../builder.ts'
import { HostUserInput } from '../users/user.schema.ts'
import type { HostUser } from '../users/user-records.ts'
import { Chat } from './chat.schema.ts'

const CreateChatInput = builder.inputType('CreateChatInput', {
  description: 'A chat for an order.',
  fields: (t) => ({
    externalRef: t.string({
      description: "The host's order, 1 to 200 characters: a second chat for it is never made.",
    }),
    title: t.string({
      required: true,
      description: '1 to 200 characters, in one line. Exempt from the contact guard: it is the host speaking.',
    }),
    participants: t.field({ type: [HostUserInput], required: true, description: '2 to 1000 different people.' }),
  }),
})

const toHostUser = (user: Omit<HostUser, 'avatarUrl'> & { avatarUrl?: string | null | undefined }): HostUser => ({
  ...user,
  avatarUrl: user.avatarUrl ?? null,
})

builder.mutationFields((t) => ({
  createChat: t.prismaField({
    type: Chat,
    description:
      "For the host's backend (scope `host`). Makes a chat; with an externalRef that has one already, that chat, unchanged. Idempotent by externalRef; without one every call makes a chat. Errors: FORBIDDEN without the scope; BAD_USER_INPUT for texts or a number of participants that break a rule of the input.",
    args: { input: t.arg({ type: CreateChatInput, required: true, description: 'The chat.' }) },
    resolve: async (query, _root, { input }, context) => {
      requireHost(context)
      const id = await context.hostChats.create({
        externalRef: input.externalRef ?? null,
        title: input.title,
        participants: input.participants.map(toHostUser),
      })
      return context.rows.one('Chat', query, id)
    },
  }),
  addParticipant: t.prismaField({
    type: Chat,
    description:
      "For the host's backend (scope `host`). Adds a person, who then sees the whole chat. Idempotent. Errors: FORBIDDEN without the scope or where there is no such chat, BAD_USER_INPUT for texts that break a rule of the input, or beyond 1000 participants.",
    args: {
      chatId: t.arg.id({ required: true, description: "The chat's id." }),
      user: t.arg({ type: HostUserInput, required: true, description: 'Who is added.' }),
    },
    resolve: async (query, _root, { chatId, user }, context) => {
      requireHost(context)
      const id = await context.hostChats.addParticipant(chatId, toHostUser(user))
      return context.rows.one('Chat', query, id)
    },
  }),
  removeParticipant: t.prismaField({
    type: Chat,
    description:
      "For the host's backend (scope `host`). Ends a person's access and streams at once. Idempotent. Errors: FORBIDDEN without the scope or where there is no such chat.",
    args: {
      chatId: t.arg.id({ required: true, description: "The chat's id." }),
      externalId: t.arg.string({
        required: true,
        description: "The host's id of the person, 1 to 255 characters: the `sub` of their tokens.",
      }),
    },
    resolve: async (query, _root, { chatId, externalId }, context) => {
      requireHost(context)
      const id = await context.hostChats.removeParticipant(chatId, externalId)
      return context.rows.one('Chat', query, id)
    },
  }),
}))
