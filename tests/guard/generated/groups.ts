/** Cuts a number into groups of these lengths. */
export const grouped = (number: string, lengths: readonly number[]): string[] =>
  lengths.map((length, i) => {
    const start = lengths.slice(0, i).reduce((sum, earlier) => sum + earlier, 0)
    return number.slice(start, start + length)
  })
