import type { GraphQLResolveInfo } from 'graphql'
import { requireUser } from '../auth/viewer.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { badUserInput } from '../errors.ts'
import { Node } from '../node.schema.ts'
import { type PageArgs, pageArgs, pageComplexity, readPage, toConnection } from '../paging.ts'
import { limited } from '../rows/rows.ts'
import { selectedNodes } from '../selected-nodes.ts'
import { User } from '../users/user.schema.ts'
import { type ChatExtent, createPageBatcher, messagesOf, pagesOf } from './page-batch.ts'

export const Message = builder.prismaObject('Message', {
  description: 'A message of a chat.',
  interfaces: [Node],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Opaque; stays the same for ever.' }),
    chat: t.relation('chat', { description: 'Where it was said.' }),
    seq: t.exposeInt('seq', {
      description: 'Its number: 1, 2, 3 … within its chat, without holes, in the order of commits.',
    }),
    author: t.relation('author', { type: User, description: 'Who said it.' }),
    text: t.exposeString('text', {
      description: 'Plain text of up to 4000 characters (code points), with line ends as LF; "" once it was deleted.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was accepted.' }),
    editedAt: t.expose('editedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its text was changed last; null: never.',
    }),
    deletedAt: t.expose('deletedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its author deleted it; null: they did not.',
    }),
    clientMessageId: t.string({
      nullable: true,
      description: 'What its author named it by when sending, 1 to 64 characters; shown to its author alone.',
      resolve: (message, _args, { viewer }) =>
        viewer?.kind === 'user' && viewer.userId === message.authorId ? message.clientMessageId : null,
    }),
  }),
})

export const MessageConnection = builder.connectionObject(
  { type: Message, name: 'MessageConnection', description: 'A page of messages, in ascending `seq`.' },
  { name: 'MessageEdge', description: 'A message and its place in the chat.' },
)

/** `fromSeq` is a place like a cursor's, but one that can be told without having read up to it. */
type MessagePageArgs = PageArgs & { fromSeq?: number | null | undefined }

/** A page of a chat that the viewer is known to take part in. */
async function listMessages(chatId: string, args: MessagePageArgs, context: Context, info: GraphQLResolveInfo) {
  const { page, cursorOf } = readMessagePage(chatId, args, context)
  const selected = selectedNodes('Message', context, info)
  // An operation may ask for fifty pages: each is a piece of work, and none is read beyond what can be shown.
  await context.takeTurn()
  context.room.take(0)
  const rows = await context.rows.read(selected, limited(messagesOf(chatId, page), page.limit + 1))
  context.room.take(charactersIn(rows))
  return toConnection(rows, page, cursorOf)
}

const batch = createPageBatcher()

/** The same for a chat within a list: without a cursor, the pages of all chats of the list are one statement. */
export async function listMessagesOf(chat: ChatExtent, args: PageArgs, context: Context, info: GraphQLResolveInfo) {
  const { page, cursorOf } = readMessagePage(chat.id, args, context)
  if (page.after || page.before) return listMessages(chat.id, args, context, info)
  const selected = selectedNodes('Message', context, info)
  const key = JSON.stringify([page.fromEnd, page.limit, responseKeys(info.path)])
  const rows = await batch(context, chat, {
    key,
    rowsEach: page.limit + 1,
    async load(chats) {
      const loaded = await context.rows.read(selected, pagesOf(context.db.provider, chats, page))
      context.room.take(charactersIn(loaded))
      return loaded
    },
  })
  if (page.fromEnd) rows.reverse()
  return toConnection(rows.slice(0, page.limit + 1), page, cursorOf)
}

/** Of their texts, where those were asked for. */
const charactersIn = (messages: readonly { text?: string }[]) =>
  messages.reduce((sum, { text = '' }) => sum + text.length, 0)

function readMessagePage(chatId: string, { fromSeq, ...args }: MessagePageArgs, context: Context) {
  const { cursors } = context
  const owner = `${requireUser(context).userId} ${chatId}`
  const page = readPage(args, fromSeq == null, (cursor) => cursors.decode('message', owner, cursor))
  if (fromSeq != null) {
    if (args.after != null || args.before != null || args.last != null)
      throw badUserInput('fromSeq goes with first, not with last, after or before')
    if (fromSeq < 1) throw badUserInput('fromSeq must be at least 1')
    if (fromSeq > 1) page.after = [fromSeq - 1]
  }
  return {
    page,
    cursorOf: ({ seq }: { seq: number }) => cursors.encode('message', owner, [seq]),
  }
}

/** Where in the answer a field stands, whichever item of a list it is in. */
function responseKeys(path: GraphQLResolveInfo['path'] | undefined): (string | number)[] {
  return path ? [...responseKeys(path.prev), ...(typeof path.key === 'string' ? [path.key] : [])] : []
}

builder.queryField('messages', (t) =>
  t.field({
    type: MessageConnection,
    description:
      "The messages of one of the viewer's chats in ascending `seq`; with no argument the latest 20. Errors: FORBIDDEN where the chat is not one of the viewer's; BAD_USER_INPUT for a page size, cursor or fromSeq that can't be.",
    args: {
      chatId: t.arg.id({ required: true, description: "The chat's id." }),
      ...pageArgs,
      fromSeq: t.arg.int({
        description:
          'Only messages of this `seq` and later: opens a chat anywhere. Goes with `first`, not with `last`, `after` or `before`.',
      }),
    },
    complexity: pageComplexity,
    resolve: async (_root, { chatId, ...args }, context, info) => {
      await context.access.requireParticipant(requireUser(context).userId, chatId)
      return listMessages(chatId, args, context, info)
    },
  }),
)
