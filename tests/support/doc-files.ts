import { readdirSync, readFileSync } from 'node:fs'

const root = new URL('../../', import.meta.url)

/** The pages that people read: README and docs/. */
export const docPages: readonly string[] = [
  'README.md',
  ...readdirSync(new URL('docs', root))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]

/** A code block of a page, and what is written behind it up to the next one. */
export interface DocBlock {
  page: string
  line: number
  code: string
  after: string
}

/** The code blocks of a page (its path from the root) in one language. */
export function docBlocks(page: string, language: string): DocBlock[] {
  const text = readFileSync(new URL(page, root), 'utf8')
  return [
    ...text.matchAll(
      new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`\\n([\\s\\S]*?)(?=^\`\`\`|$(?![\\s\\S]))`, 'gm'),
    ),
  ].map((match) => ({
    page,
    line: text.slice(0, match.index).split('\n').length,
    code: match[1] ?? '',
    after: match[2] ?? '',
  }))
}

/** The files that a page of docs/ shows: a line with nothing but a name in backticks, and the code block after it. */
export function docFiles(page: string): Map<string, string> {
  const text = readFileSync(new URL(`docs/${page}`, root), 'utf8')
  const blocks = text.matchAll(/^`([\w./-]+)`\n\n```\w+\n([\s\S]*?)^```$/gm)
  return new Map([...blocks].map(([, name, content]) => [name ?? '', content ?? '']))
}
