/**
 * A pure function that remembers its answers: characters and words come again in text after text. After `limit` new answers it
 * forgets those that weren't asked for since the last time, so whatever people send, memory is bounded by twice as many.
 *
 * @param longest longer texts hardly come again, and would fill the memory
 */
export function remembered<Answer extends NonNullable<unknown> | null>(
  answer: (text: string) => Answer,
  limit: number,
  longest = 80,
): (text: string) => Answer {
  let recent = new Map<string, Answer>()
  let earlier = recent
  return (text) => {
    let known = recent.get(text)
    if (known === undefined) {
      known = earlier.get(text) ?? answer(text)
      if (text.length > longest) return known
      if (recent.size >= limit) {
        earlier = recent
        recent = new Map()
      }
      recent.set(text, known)
    }
    return known
  }
}
