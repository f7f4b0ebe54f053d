import type { FindingFieldsFragment, SendMessageMutation } from '../graphql/generated/graphql.ts'

/** Why the server didn't take a text, in the reader's language. */
export type Refusal = (
  | Exclude<SendMessageMutation['sendMessage'], { __typename: 'SendMessageSuccess' }>
  /** An error instead of an answer, that no retry can mend (the chat is no longer the viewer's). */
  | { __typename: 'RequestRefused'; message: string }
) & { text: string }

/** The places a contact was found in; none where the refusal has another reason. */
export const findingsOf = (refusal: Refusal): readonly FindingFieldsFragment[] =>
  refusal.__typename === 'ContactDataRefused' ? refusal.findings : []

/** Each reason once, with every different piece of the text that it holds for. */
export function reasonsOf(
  text: string,
  findings: readonly FindingFieldsFragment[],
): { message: string; fragments: string[] }[] {
  const fragmentsByMessage = new Map<string, Set<string>>()
  for (const { message, start, end } of findings) {
    const fragments = fragmentsByMessage.get(message) ?? new Set()
    fragmentsByMessage.set(message, fragments.add(text.slice(start, end)))
  }
  return [...fragmentsByMessage].map(([message, fragments]) => ({ message, fragments: [...fragments] }))
}
