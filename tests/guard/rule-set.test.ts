import { describe, expect, it } from 'vitest'
import { findContacts, isRefused } from '../../api/guard/guard.ts'
import { parseRuleSet } from '../../api/guard/rule-set.ts'

const judge = (text: string, rules: string, recentTexts: string[] = []) => {
  const findings = findContacts(text, { recentTexts, ruleSet: parseRuleSet(rules) })
  return { refused: isRefused(findings), rules: findings.map(({ rule, warning }) => (warning ? `${rule}?` : rule)) }
}

describe("the owner's rule set", () => {
  it('refuses by every rule it does not name', () => {
    expect(judge('напиши в телегу', '{}')).toEqual({ refused: true, rules: ['invitation.messenger'] })
  })

  it('leaves a rule out, or only warns by it', () => {
    expect(judge('напиши в телегу', '{"invitation.messenger": "off"}')).toEqual({ refused: false, rules: [] })
    expect(judge('напиши в телегу', '{"invitation.messenger": "warn"}')).toEqual({
      refused: false,
      rules: ['invitation.messenger?'],
    })
    expect(judge('123 45 67', '{"split": "off"}', ['8 916'])).toEqual({ refused: false, rules: [] })
  })

  it('names a group by its star, and a rule of the group before it', () => {
    const rules = '{"invitation.*": "off", "invitation.messenger": "warn"}'
    expect(judge('напиши в телегу', rules).rules).toEqual(['invitation.messenger?'])
    expect(judge('позвоните мне', rules).rules).toEqual([])
  })

  it('never switches the base rule', () => {
    expect(judge('пишите: ivan@mail.ru', '{"email.*": "off", "handle.*": "off", "link.*": "off"}')).toEqual({
      refused: true,
      rules: ['base'],
    })
    expect(judge('ivan@mail.ru', '{"email.*": "warn", "link.*": "warn", "handle.*": "warn"}').refused).toBe(true)
    expect(() => parseRuleSet('{"base": "off"}')).toThrow('base always refuses')
  })

  it.each([
    ['nonsense', 'must be JSON'],
    ['[]', 'must be a JSON object'],
    ['{"phone.russian": "no"}', 'phone.russian must be off, warn or refuse'],
    ['{"phone.martian": "off"}', 'phone.martian is no rule'],
    ['{"version": 1}', 'version must be a text'],
  ])('says what is wrong with %s', (json, message) => {
    expect(() => parseRuleSet(json)).toThrow(message)
  })

  it('has the version it was given', () => {
    expect(parseRuleSet('{"version": "2026-11"}').version).toBe('2026-11')
  })
})
