import type { GraphQLResolveInfo } from 'graphql'
import { requireUser } from '../auth/viewer.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { badUserInput } from '../errors.ts'
import { isOf } from '../loaded-fields.ts'
import { listMessagesOf, Message, MessageConnection } from '../messages/message.schema.ts'
import { Node } from '../node.schema.ts'
import { type PageArgs, pageArgs, pageComplexity, readPage, toConnection } from '../paging.ts'
import { limited } from '../rows/rows.ts'
import { selectedNodes } from '../selected-nodes.ts'
import { User } from '../users/user.schema.ts'
import { chatsOf } from './chat-list.ts'
import { findChatIds, searchWords } from './chat-search.ts'

const Participant = builder.prismaObject('Participant', {
  description: 'Somebody who takes part in a chat.',
  fields: (t) => ({
    user: t.relation('user', { type: User, description: 'Who it is.' }),
    lastReadSeq: t.exposeInt('lastReadSeq', { description: 'Up to which `seq` they have read; 0: nothing yet.' }),
    joinedAt: t.expose('joinedAt', { type: 'DateTime', description: 'When they became a participant first.' }),
  }),
})

export const Chat = builder.prismaObject('Chat', {
  description: "A conversation about an order of the host's. Only its participants see it.",
  interfaces: [Node],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Opaque; stays the same for ever.' }),
    externalRef: t.exposeString('externalRef', { nullable: true, description: "The host's order." }),
    title: t.exposeString('title', { description: "The order's title, in the host's words." }),
    participants: t.relation('participants', {
      type: Participant,
      description: 'Who takes part now, in the order of joining: 2 to 1000.',
      query: { where: { leftAt: null }, orderBy: [{ joinedAt: 'asc' }, { userId: 'asc' }] },
    }),
    lastMessage: t.field({
      type: Message,
      nullable: true,
      description: 'The newest message, a tombstone if it was deleted. Errors: FORBIDDEN for the host.',
      select: (_args, _context, nestedSelection) => ({ lastMessage: nestedSelection(true) }),
      extensions: isOf('lastMessage'),
      resolve: (chat, _args, context) => {
        requireUser(context)
        return chat.lastMessage
      },
    }),
    lastSeq: t.exposeInt('lastSeq', { description: '`seq` of the newest message; 0 where there is none yet.' }),
    unreadCount: t.int({
      description:
        'How many messages the viewer has not read: by others, after their lastReadSeq, not deleted. Exact. 0 to the host.',
      select: ownState,
      extensions: isOf('states'),
      resolve: (chat) => chat.states[0]?.unreadCount ?? 0,
    }),
    muted: t.boolean({
      description:
        'Whether the viewer wants no notifications from here; a muted chat counts in no counter. False to the host.',
      select: ownState,
      extensions: isOf('states'),
      resolve: (chat) => chat.states[0]?.muted ?? false,
    }),
    messages: t.field({
      type: MessageConnection,
      description: 'The messages in ascending `seq`; with no argument the latest 20. Errors: FORBIDDEN for the host.',
      args: pageArgs,
      complexity: pageComplexity,
      resolve: listMessagesOf,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the host made the chat.' }),
    lastActivityAt: t.expose('lastActivityAt', {
      type: 'DateTime',
      description: 'When the newest message was sent, else when the chat was made.',
    }),
  }),
})

/** The viewer's own row beside the chat; nobody's for the host. */
function ownState(_args: object, { viewer }: Context) {
  const userId = viewer?.kind === 'user' ? viewer.userId : ''
  return { states: { where: { userId }, select: { unreadCount: true, muted: true } } }
}

const ChatConnection = builder.connectionObject(
  { type: Chat, name: 'ChatConnection', description: 'A page of chats.' },
  { name: 'ChatEdge', description: 'A chat and its place in the list.' },
)

builder.queryFields((t) => ({
  chats: t.field({
    type: ChatConnection,
    description:
      "The viewer's chats, latest activity first. A cursor keeps its place when chats move up meanwhile. Errors: FORBIDDEN for a token of the host; BAD_USER_INPUT for a page size, cursor or search that can't be.",
    args: {
      ...pageArgs,
      search: t.arg.string({
        description:
          "Only chats that have every one of these words, in any case, in their title, their order's reference or the other participants' names. Up to 200 characters.",
      }),
    },
    complexity: pageComplexity,
    resolve: (_root, args, context, info) => listChats(args, context, info),
  }),
  chat: t.prismaField({
    type: Chat,
    description:
      "One of the viewer's chats. Errors: FORBIDDEN, the same for a chat that isn't theirs, one that doesn't exist, and what can't be an id.",
    args: { id: t.arg.id({ required: true, description: "The chat's id." }) },
    resolve: async (query, _root, { id }, context) => {
      await context.access.requireParticipant(requireUser(context).userId, id)
      return context.rows.one('Chat', query, id)
    },
  }),
}))

async function listChats(
  { search, ...args }: PageArgs & { search?: string | null | undefined },
  context: Context,
  info: GraphQLResolveInfo,
) {
  const { userId } = requireUser(context)
  const { db, rows, cursors } = context
  const words = searchWords(search)
  const page = readPage(args, false, (cursor) => cursors.decode('chat', userId, cursor))
  const selected = selectedNodes('Chat', context, info)
  const list = chatsOf(db.provider, userId, page)
  const take = page.limit + 1
  const listed =
    words.length > 0 ? chatsOf(db.provider, userId, page, await findChatIds(rows, list, userId, words, take)) : list
  const found = await rows.read(selected, limited(listed, take))
  return toConnection(found, page, (chat) => cursors.encode('chat', userId, [Date.parse(chat.lastActivityAt), chat.id]))
}

builder.mutationFields((t) => ({
  markChatRead: t.prismaField({
    type: Chat,
    description:
      "Reads a chat, and its message notifications, up to a message. Never moves back. Idempotent. Errors: FORBIDDEN where the chat is not one of the viewer's; BAD_USER_INPUT for a negative upToSeq.",
    args: {
      chatId: t.arg.id({ required: true, description: "The chat's id." }),
      upToSeq: t.arg.int({
        description: '`seq` of the last message that was read; left out, or beyond the latest: the latest.',
      }),
    },
    resolve: async (query, _root, { chatId, upToSeq }, context) => {
      if (upToSeq != null && upToSeq < 0) throw badUserInput('upToSeq must not be negative')
      const id = await context.chats.markRead(requireUser(context).userId, chatId, upToSeq ?? null)
      return context.rows.one('Chat', query, id)
    },
  }),
  setChatMuted: t.prismaField({
    type: Chat,
    description:
      "Mutes or unmutes a chat for the viewer. Idempotent. Errors: FORBIDDEN where the chat is not one of the viewer's.",
    args: {
      chatId: t.arg.id({ required: true, description: "The chat's id." }),
      muted: t.arg.boolean({ required: true, description: 'Whether it is muted from now on.' }),
    },
    resolve: async (query, _root, { chatId, muted }, context) => {
      const id = await context.chats.setMuted(requireUser(context).userId, chatId, muted)
      return context.rows.one('Chat', query, id)
    },
  }),
  setTyping: t.boolean({
    description:
      "Tells the other participants that the viewer is writing; say it again every few seconds. Stored nowhere. Always true. Idempotent: each call is heard as one Typing event. Errors: FORBIDDEN where the chat is not one of the viewer's.",
    args: { chatId: t.arg.id({ required: true, description: "The chat's id." }) },
    resolve: async (_root, { chatId }, context) => {
      await context.chats.setTyping(requireUser(context).userId, chatId)
      return true
    },
  }),
}))
