/**
 * A pure function that remembers its answers: characters and words come again in text after text. At `limit` answers it forgets
 * them all, so whatever people send, memory is bounded.
 */
export function remembered<Answer>(answer: (text: string) => Answer, limit: number): (text: string) => Answer {
  const answers = new Map<string, Answer>()
  return (text) => {
    let known = answers.get(text)
    if (known === undefined) {
      known = answer(text)
      if (answers.size >= limit) answers.clear()
      answers.set(text, known)
    }
    return known
  }
}
