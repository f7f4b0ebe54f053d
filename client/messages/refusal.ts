import type { SendMessageMutation } from '../graphql/generated/graphql.ts'

/** Why the server didn't take a text, in the reader's language. */
export type Refusal = (
  | Exclude<SendMessageMutation['sendMessage'], { __typename: 'SendMessageSuccess' }>
  /** An error instead of an answer, that no retry can mend (the chat is no longer the viewer's). */
  | { __typename: 'RequestRefused'; message: string }
) & { text: string }

type ContactRefusal = Extract<Refusal, { __typename: 'ContactDataRefused' }>

/** The places a contact was found in; none where the refusal has another reason. */
export const findingsOf = (refusal: Refusal): ContactRefusal['findings'] =>
  refusal.__typename === 'ContactDataRefused' ? refusal.findings : []
