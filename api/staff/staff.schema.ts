import { requireUser } from '../auth/viewer.ts'
import { builder } from '../builder.ts'
import { UserRole } from '../users/user.schema.ts'
import type {
  StaffOverview as Overview,
  RefusalCount as RefusalCountRow,
  StaffDay as StaffDayRow,
  Unread,
} from './staff.service.ts'

const RefusalKind = builder.enumType('RefusalKind', {
  description: 'Why a text was refused.',
  values: {
    PHONE: { description: 'A phone number.' },
    EMAIL: { description: 'An e-mail address.' },
    LINK: { description: 'A link or a domain.' },
    HANDLE: { description: 'A name in a messenger or a social network.' },
    INVITATION: { description: 'An invitation to talk elsewhere.' },
    CARD: { description: 'A payment card, or a transfer past the marketplace.' },
    BASE_RULE: { description: 'What is refused whatever else is configured (ContactKind.BASE_RULE).' },
    INVALID_TEXT: { description: "It wasn't a text that can be sent (InvalidText)." },
    RATE_LIMITED: { description: 'Too many in too short a time (RateLimited).' },
  },
})
type Kind = typeof RefusalKind.$inferType

const RefusalCount = builder.objectRef<RefusalCountRow>('RefusalCount').implement({
  description: 'How many texts were refused for one kind of reason.',
  fields: (t) => ({
    // Written by the text judge, whose kinds these are.
    kind: t.field({ type: RefusalKind, description: 'The reason.', resolve: ({ kind }) => kind as Kind }),
    count: t.exposeInt('count', {
      description: 'How many texts. One that was refused for several reasons counts once under each.',
    }),
  }),
})

const StaffDay = builder.objectRef<StaffDayRow>('StaffDay').implement({
  description: 'How one day went.',
  fields: (t) => ({
    day: t.exposeString('day', { description: 'The day, from midnight to midnight UTC: YYYY-MM-DD.' }),
    messages: t.exposeInt('messages', { description: 'How many messages were sent, whether deleted since or not.' }),
    activeChats: t.exposeInt('activeChats', { description: 'In how many chats at least one message was sent.' }),
    answers: t.exposeInt('answers', {
      description:
        "How many messages answer another participant's: their author isn't the author of the message before them.",
    }),
    meanResponseMs: t.float({
      nullable: true,
      description:
        'The mean response time in milliseconds; null on a day without answers. A response time is the time from a message to the first answer to it by another participant of that chat; where somebody sent several messages in a row, from the first of them. It counts on the day of the answer.',
      resolve: ({ answers, waitedMs }) => (answers > 0 ? waitedMs / answers : null),
    }),
    refused: t.exposeInt('refused', {
      description: 'How many texts were refused, when they were sent or when a message was edited.',
    }),
    refusals: t.expose('refusals', {
      type: [RefusalCount],
      description: 'The same by kind; kinds without any are left out.',
    }),
    isCounted: t.exposeBoolean('isCounted', {
      description:
        'False while messages of that day are still being counted: after an update, or when nobody has asked for long. Ask again: every answer is further on.',
    }),
  }),
})

const UnreadByRole = builder.objectRef<Unread>('UnreadByRole').implement({
  description: "What people of one role have not read, by everybody's own counters (muted chats left out).",
  fields: (t) => ({
    role: t.expose('role', { type: UserRole, description: 'Who they are to the marketplace.' }),
    messages: t.exposeInt('messages', {
      description: 'How many unread messages they have, each as often as somebody has to read it.',
    }),
    people: t.exposeInt('people', { description: 'How many of them have unread messages.' }),
  }),
})

const StaffOverview = builder.objectRef<Overview>('StaffOverview').implement({
  description: "How the marketplace's chats do: figures alone, nothing of what anybody wrote.",
  fields: (t) => ({
    asOf: t.expose('asOf', { type: 'DateTime', description: 'When the figures were taken.' }),
    days: t.expose('days', {
      type: [StaffDay],
      description: 'Every day asked for, oldest first; today is the last one.',
    }),
    unread: t.expose('unread', {
      type: [UnreadByRole],
      description: 'What waits for its readers just now; roles with nothing to read are left out.',
    }),
  }),
})

builder.queryField('staffOverview', (t) =>
  t.field({
    type: StaffOverview,
    description:
      "For the marketplace's own people: how its chats do. At most some seconds old. Errors: FORBIDDEN for everybody whose role isn't STAFF; BAD_USER_INPUT for days outside 1 to 90.",
    args: {
      days: t.arg.int({ required: true, defaultValue: 30, description: 'How many days, today included: 1 to 90.' }),
    },
    resolve: (_root, { days }, context) => context.staff.overview(requireUser(context).userId, days),
  }),
)
