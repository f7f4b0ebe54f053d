import { describe, expect, it } from 'vitest'
import { enDemo } from '../../api/demo/content/en/index.ts'
import { ruDemo } from '../../api/demo/content/ru/index.ts'
import { findContacts } from '../../api/guard/guard.ts'
import { allowed, refused } from './corpus/corpus.ts'
import { judges } from './score/baselines.ts'
import { scoreOf } from './score/score.ts'

const guard = judges.guard ?? (() => false)

describe('the guard on the development corpus', () => {
  it('has enough of both sides, and every id once', () => {
    expect(refused.length).toBeGreaterThanOrEqual(300)
    expect(allowed.length).toBeGreaterThanOrEqual(800)
    expect(new Set([...refused, ...allowed].map(({ id }) => id)).size).toBe(refused.length + allowed.length)
  })

  it.each([
    ['meets the bar on the part that rules are changed by', 'tune', 0.975, 0.955, 0.002],
    ['does no worse than it did at first on messages that no rule was made for', 'held-out', 0.9, 0.79, 0.009],
    ['meets the bar on messages that nothing was learnt from', 'kept', 0.97, 0.9, 0.002],
    ['catches most of what was written to get through', 'kept-adversarial', 0.89, 0.65, 0],
  ] as const)(
    '%s',
    (_name, split, leastRecall, leastOfKind, mostFalse) => {
      const { recall, recallByKind, falsePositiveRate } = scoreOf(guard, split)
      expect(recall).toBeGreaterThanOrEqual(leastRecall)
      for (const [kind, value] of Object.entries(recallByKind))
        expect([kind, value >= leastOfKind]).toEqual([kind, true])
      expect(falsePositiveRate).toBeLessThanOrEqual(mostFalse)
    },
    60_000,
  )

  it('does far better than what one gets for nothing', () => {
    for (const name of ['base rule', 'libraries']) {
      expect(scoreOf(judges[name] ?? guard, 'held-out').recall).toBeLessThan(0.5)
    }
  })

  it('finds the kind that it is, mostly', () => {
    const right = refused.filter(({ text, kind, recentTexts = [] }) =>
      findContacts(text, { recentTexts }).some((finding) => finding.kind === kind),
    )
    expect(right.length / refused.length).toBeGreaterThan(0.85)
  }, 60_000)

  it('lets every message of the demo pass, each after those before it', () => {
    for (const { orders } of [ruDemo, enDemo]) {
      for (const { lines } of orders) {
        lines.forEach(({ by, text }, i) => {
          const recentTexts = lines.slice(0, i).filter((line) => line.by === by)
          const findings = findContacts(text, { recentTexts: recentTexts.slice(-6).map((line) => line.text) })
          expect({ text, findings }).toEqual({ text, findings: [] })
        })
      }
    }
  }, 60_000)
})
