import type { ChatFieldsFragment, UserFieldsFragment } from '../graphql/generated/graphql.ts'

/** The participants besides the viewer. */
export const othersOf = (chat: ChatFieldsFragment, viewerId: string | undefined): UserFieldsFragment[] =>
  chat.participants.map(({ user }) => user).filter(({ id }) => id !== viewerId)

/** Up to where somebody besides the viewer has read. */
export const othersReadSeq = (chat: ChatFieldsFragment, viewerId: string | undefined): number =>
  Math.max(0, ...chat.participants.filter(({ user }) => user.id !== viewerId).map(({ lastReadSeq }) => lastReadSeq))

/** Up to where the viewer has read. */
export const ownReadSeq = (chat: ChatFieldsFragment, viewerId: string | undefined): number =>
  chat.participants.find(({ user }) => user.id === viewerId)?.lastReadSeq ?? 0
