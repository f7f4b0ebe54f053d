import { buildSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import { deprecationsWithoutPlan, reviewChanges } from '../../api/schema-changes.ts'

const released = buildSchema('type Query { a(b: Int): String  old: String }  enum E { X }  type T { e: E }')
const changelog = (...bullets: string[]) =>
  `# Changelog\n\n## Unreleased\n\n### Changed\n\n${bullets.map((bullet) => `- ${bullet}\n`).join('')}\n## 0.1.0\n\n- Breaking: Query.old was removed. Use a.\n`

describe('a change to the schema', () => {
  it('that breaks clients is refused, each by itself, unless the changelog announces it', () => {
    const current = buildSchema('type Query { a(b: Int, c: Int!): Int }  enum E { X }  type T { e: E }')
    const all = [
      'Query.a changed type from String to Int.',
      'A required arg c on Query.a was added.',
      'Query.old was removed.',
    ]
    expect(reviewChanges(released, current, changelog()).refused.toSorted()).toEqual(all.toSorted())
    const announced = reviewChanges(
      released,
      current,
      changelog('Something else.', 'Breaking: Query.old was\n  removed. Ask for `a` instead.'),
    )
    expect(announced.announced).toEqual(['Query.old was removed.'])
    expect(announced.refused.toSorted()).toEqual(all.filter((one) => one !== 'Query.old was removed.').toSorted())
  })

  it('is not announced by what says nothing of what to do instead, nor by an older release', () => {
    const current = buildSchema('type Query { a(b: Int): String }  enum E { X }  type T { e: E }')
    for (const text of [changelog(), changelog('Breaking: Query.old was removed.'), '# Changelog\n', '']) {
      expect(reviewChanges(released, current, text).refused).toEqual(['Query.old was removed.'])
    }
    const last = '# Changelog\n\n## Unreleased\n\n- Breaking: Query.old was removed. Ask for `a`.'
    expect(reviewChanges(released, current, last).refused).toEqual([])
  })

  it('that may surprise clients is told of, and others are not', () => {
    const current = buildSchema(
      'type Query { a(b: Int, c: Int): String  old: String  new: T }  enum E { X Y }  type T { e: E }',
    )
    const review = reviewChanges(released, current, '')
    expect(review.refused).toEqual([])
    expect(review.dangerous.toSorted()).toEqual([
      'An optional arg c on Query.a was added.',
      'Y was added to enum type E.',
    ])
    expect(reviewChanges(released, released, '')).toEqual({ refused: [], announced: [], dangerous: [] })
  })

  it('that deprecates something says what to use instead, and when it goes', () => {
    const planned = '@deprecated(reason: "Use `new`. Goes after 2027-01-31.")'
    const deprecated = (how: string) =>
      buildSchema(
        `type Query { old(a: Int ${how}): Int ${how} }  ` +
          `input I { f: Int ${how} }  enum E { X ${how} Y }  type T { e(i: I): E }`,
      )
    expect(deprecationsWithoutPlan(deprecated(planned))).toEqual([])
    for (const how of [
      '@deprecated',
      '@deprecated(reason: "Use `new`.")',
      '@deprecated(reason: "Goes after 2027-01-31.")',
    ]) {
      expect(deprecationsWithoutPlan(deprecated(how))).toEqual(['Query.old', 'Query.old(a:)', 'I.f', 'E.X'])
    }
  })
})
