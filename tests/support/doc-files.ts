import { readFileSync } from 'node:fs'

/** The files that a page of docs/ shows: a line with nothing but a name in backticks, and the code block after it. */
export function docFiles(page: string): Map<string, string> {
  const text = readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8')
  const blocks = text.matchAll(/^`([\w./-]+)`\n\n```\w+\n([\s\S]*?)^```$/gm)
  return new Map([...blocks].map(([, name, content]) => [name ?? '', content ?? '']))
}
