import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findContacts } from '../../api/guard/guard.ts'
import { ruleNames } from '../../api/guard/rule-set.ts'

const page = readFileSync(new URL('../../docs/contact-guard.md', import.meta.url), 'utf8')
const rows = [...page.matchAll(/^\| `([^`]+)` \| ([^|]+) \| (.+) \| (.+) \|$/gm)].map(
  ([, rule, kind, refused, passes]) => ({
    rule: rule ?? '',
    kind: kind ?? '',
    refused: examples(refused),
    passes: examples(passes),
  }),
)

/** The messages of an example, oldest first. */
function examples(cell = ''): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => text ?? '')
}

const judge = (messages: string[]) => findContacts(messages.at(-1) ?? '', { recentTexts: messages.slice(0, -1) })

describe('docs/contact-guard.md', () => {
  it('lists every rule, once', () => {
    expect(rows.map(({ rule }) => rule).sort()).toEqual([...ruleNames].sort())
  })

  it.each(rows)('tells the truth about $rule', ({ rule, kind, refused, passes }) => {
    const findings = judge(refused)
    expect(findings.map((finding) => finding.rule)).toContain(rule)
    if (kind !== 'as found') expect(findings.find((finding) => finding.rule === rule)?.kind).toBe(kind)
    expect(judge(passes)).toEqual([])
  })
})
