import { describe, expect, it } from 'vitest'
import { allFields, allRoots } from './operations.ts'
import { fields, roots, ruleOf } from './rules.ts'

describe('the rules of access', () => {
  it('say of every root field whom it opens to, and of nothing else', () => {
    expect(Object.keys(roots)).toEqual(allRoots.map(({ coordinate }) => coordinate))
  })

  it('say of every field to whom it shows what, once, and of nothing else', () => {
    const named = Object.entries(fields).flatMap(([type, rules]) =>
      Object.values(rules).flatMap((names) => names.split(' ').map((name) => `${type}.${name}`)),
    )
    expect(named.toSorted()).toEqual(allFields.toSorted())
    expect(new Set(named).size).toBe(named.length)
    expect(allFields.filter((field) => !ruleOf(field))).toEqual([])
  })
})
