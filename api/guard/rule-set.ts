/** Every rule by its stable name, grouped as docs/contact-guard.md describes them. */
export const ruleNames = [
  'base',
  'phone.russian',
  'phone.bare',
  'phone.international',
  'phone.english',
  'phone.words',
  'phone.letters',
  'phone.spread',
  'phone.cued',
  'phone.hidden',
  'email.address',
  'email.spoken',
  'link.scheme',
  'link.domain',
  'link.spaced',
  'link.spoken',
  'link.ip-address',
  'handle.at-sign',
  'handle.messenger',
  'handle.nick',
  'handle.spelled',
  'invitation.messenger',
  'invitation.number',
  'invitation.call',
  'invitation.email',
  'invitation.off-platform',
  'invitation.nick',
  'invitation.evidence',
  'card.number',
  'card.transfer',
  'card.account',
  'split',
] as const

export type RuleName = (typeof ruleNames)[number]

/** off: not looked for; warn: reported, but the message goes through; refuse: the message is refused. */
export type RuleAction = 'off' | 'warn' | 'refuse'

/** What the marketplace's owner decided about each rule; rules that aren't named refuse. */
export interface RuleSet {
  /** Which decision this is, for logs and rehearsals. */
  version: string
  actions: Readonly<Partial<Record<RuleName, RuleAction>>>
}

/** Everything refuses. */
export const defaultRuleSet: RuleSet = { version: 'default', actions: {} }

/** What a rule set does about a rule. */
export const actionOf = (ruleSet: RuleSet, rule: RuleName): RuleAction =>
  rule === 'base' ? 'refuse' : (ruleSet.actions[rule] ?? 'refuse')

const isRuleName = (name: string): name is RuleName => (ruleNames as readonly string[]).includes(name)
const isAction = (action: unknown): action is RuleAction => action === 'off' || action === 'warn' || action === 'refuse'

/**
 * Reads a rule set from JSON: `{"version": "2026-11", "split": "off", "invitation.call": "warn"}`. "phone.*" names all rules of a
 * group; a rule's own name goes before it.
 *
 * @throws Error with one line that says what is wrong: not an object, an unknown rule or action, or the base rule, which can't be
 *   switched
 */
export function parseRuleSet(json: string): RuleSet {
  let parsed: unknown
  try {
    parsed = JSON.parse(json)
  } catch {
    throw new Error('must be JSON')
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new Error('must be a JSON object')
  let version = 'unnamed'
  const groups: Partial<Record<RuleName, RuleAction>> = {}
  const own: Partial<Record<RuleName, RuleAction>> = {}
  for (const [name, value] of Object.entries(parsed)) {
    if (name === 'version') {
      if (typeof value !== 'string' || value === '') throw new Error('version must be a text')
      version = value
      continue
    }
    if (!isAction(value)) throw new Error(`${name} must be off, warn or refuse`)
    const group = name.endsWith('.*') ? ruleNames.filter((rule) => rule.startsWith(name.slice(0, -1))) : []
    if (name === 'base') {
      if (value !== 'refuse') throw new Error('base always refuses')
    } else if (group.length > 0) for (const rule of group) groups[rule] = value
    else if (isRuleName(name)) own[name] = value
    else throw new Error(`${name} is no rule; there are ${ruleNames.join(', ')}`)
  }
  return { version, actions: { ...groups, ...own } }
}
