/** A text on one line, as a preview: without the backticks that mark its code, which nothing is set in monospace for here. */
export const previewOf = (text: string): string => text.replace(/`+/g, '').replace(/\s+/g, ' ').trim() || text
