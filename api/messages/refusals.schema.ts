import { requireUser } from '../auth/viewer.ts'
import { builder } from '../builder.ts'
import type { ContactKind as ContactKindValue, Finding as GuardFinding } from '../guard/finding.ts'
import { isRefused } from '../guard/guard.ts'
import { words } from '../i18n.ts'
import type { InvalidTextReason as InvalidTextReasonValue } from './message-text.ts'
import type { Refusal, TextCheck as TextCheckResult } from './text-judge.ts'

type RefusalOf<Kind extends Refusal['kind']> = Extract<Refusal, { kind: Kind }>

const ContactKind = builder.enumType('ContactKind', {
  description: 'What kind of contact the guard found.',
  values: {
    PHONE: { description: 'A phone number.' },
    EMAIL: { description: 'An e-mail address.' },
    LINK: { description: 'A link or a domain.' },
    HANDLE: { description: 'A name in a messenger or a social network.' },
    INVITATION: { description: 'An invitation to talk elsewhere.' },
    CARD: { description: 'A payment card, or a transfer past the marketplace.' },
    BASE_RULE: {
      description:
        'What is refused whatever else is configured: "@", "+7", a web address, nine digits or more in a row.',
    },
  } satisfies Record<ContactKindValue, { description: string }>,
})

const InvalidTextReason = builder.enumType('InvalidTextReason', {
  description: "Why a string isn't a text that can be sent.",
  values: {
    EMPTY: { description: 'Nothing visible is left: white space, zero-width and format characters alone.' },
    TOO_LONG: { description: 'Over 4000 code points after trimming.' },
    BAD_CHARACTERS: {
      description:
        'Control characters other than tab and line ends, lone surrogates, or over 20 combining marks in a row.',
    },
  } satisfies Record<InvalidTextReasonValue, { description: string }>,
})

const Finding = builder.objectRef<GuardFinding>('Finding').implement({
  description: 'A part of a text that the contact guard refuses.',
  fields: (t) => ({
    kind: t.expose('kind', { type: ContactKind, description: 'What it looks like.' }),
    start: t.exposeInt('start', { description: 'Where it begins, in UTF-16 code units of the text as sent.' }),
    end: t.exposeInt('end', { description: 'Where it ends (exclusive), in UTF-16 code units of the text as sent.' }),
    rule: t.exposeString('rule', { description: 'The rule that fired, by its stable name.' }),
    message: t.string({
      description: "What to change, in the reader's language.",
      resolve: ({ kind }, _args, { locale }) => words[locale].finding[kind],
    }),
    warning: t.boolean({
      description:
        "Whether this alone wouldn't keep the message from being sent: the marketplace's rules only warn of it.",
      resolve: ({ warning }) => warning ?? false,
    }),
  }),
})

const ErrorInterface = builder.interfaceRef<Refusal>('Error').implement({
  description: 'Why something was refused.',
  fields: (t) => ({
    message: t.string({
      description: "For people, in the reader's language.",
      resolve: (refusal, _args, { locale }) => messageOf(refusal, locale),
    }),
  }),
})

function messageOf(refusal: Refusal, locale: keyof typeof words): string {
  switch (refusal.kind) {
    case 'CONTACT_DATA':
      return words[locale].contactDataRefused
    case 'INVALID_TEXT':
      return words[locale].invalidText[refusal.reason]
    case 'RATE_LIMITED':
      return words[locale].rateLimited(Math.ceil(refusal.retryAfterMs / 1000))
  }
}

export const ContactDataRefused = builder.objectRef<RefusalOf<'CONTACT_DATA'>>('ContactDataRefused').implement({
  description: 'The contact guard found contact details.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    findings: t.field({
      type: [Finding],
      description: 'All of them, in the order of the text.',
      resolve: ({ findings }) => [...findings],
    }),
  }),
})

export const InvalidText = builder.objectRef<RefusalOf<'INVALID_TEXT'>>('InvalidText').implement({
  description: "The string isn't a text that can be sent.",
  interfaces: [ErrorInterface],
  fields: (t) => ({ reason: t.expose('reason', { type: InvalidTextReason, description: 'Why not.' }) }),
})

export const RateLimited = builder.objectRef<RefusalOf<'RATE_LIMITED'>>('RateLimited').implement({
  description: 'Too many messages in too short a time.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    retryAfterMs: t.exposeInt('retryAfterMs', {
      description: 'How long to wait before the next try, in milliseconds.',
    }),
  }),
})

const TextCheck = builder.objectRef<TextCheckResult>('TextCheck').implement({
  description: 'What sendMessage would say to a text.',
  fields: (t) => ({
    allowed: t.boolean({
      description: 'Whether it would be sent.',
      resolve: ({ findings, invalid }) => !isRefused(findings) && invalid === null,
    }),
    findings: t.field({
      type: [Finding],
      description: 'What the contact guard found, in the order of the text.',
      resolve: ({ findings }) => [...findings],
    }),
    invalid: t.expose('invalid', {
      type: InvalidTextReason,
      nullable: true,
      description: "Why it isn't a text at all.",
    }),
  }),
})

builder.queryField('checkText', (t) =>
  t.field({
    type: TextCheck,
    description:
      "The contact guard as a dry run: the same code and the same verdict as sendMessage. Errors: FORBIDDEN where the chat is not one of the viewer's.",
    args: {
      chatId: t.arg.id({ required: true, description: "Where the text would be sent: the chat's id." }),
      text: t.arg.string({ required: true, description: 'The text, of any number of characters.' }),
    },
    resolve: (_root, args, context) => context.messages.check(requireUser(context), args),
  }),
)
