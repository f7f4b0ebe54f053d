/** `npm run guard`: what the contact guard says to a text, to a file of texts, or to the messages that are stored. */
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { findContacts, isRefused } from '../guard/guard.ts'
import { defaultRuleSet, parseRuleSet, type RuleSet } from '../guard/rule-set.ts'
import { rehearse } from './rehearse.ts'
import { storedMessages } from './stored-messages.ts'

const usage = `npm run guard -- "text"
npm run guard -- --file messages.jsonl        each line {"id", "text"}, and "recentTexts" if wanted
npm run guard -- --rehearse 1000 --rules '{"split": "off"}'    what these rules would change among the last stored messages
The rules in force are those of GUARD_RULES; --rules takes others, as JSON or as the name of a file.`

/** @throws Error for rules that can't be used */
function readRules(given: string | undefined): RuleSet {
  if (!given) return defaultRuleSet
  return parseRuleSet(given.trimStart().startsWith('{') ? given : readFileSync(given, 'utf8'))
}

function printVerdict(text: string, ruleSet: RuleSet): void {
  const findings = findContacts(text, { recentTexts: [], ruleSet })
  console.log(isRefused(findings) ? 'refused' : 'allowed')
  for (const { kind, rule, start, end, warning } of findings) {
    console.log(
      `${start}-${end}\t${kind}\t${rule}${warning ? ' (warning)' : ''}\t${JSON.stringify(text.slice(start, end))}`,
    )
  }
}

/** One line of a file. @throws Error that names the line */
function readLine(line: string, number: number): { id: unknown; text: string; recentTexts: string[] } {
  let parsed: unknown
  try {
    parsed = JSON.parse(line)
  } catch {
    throw new Error(`line ${number} is not JSON`)
  }
  if (typeof parsed !== 'object' || parsed === null || !('text' in parsed) || typeof parsed.text !== 'string') {
    throw new Error(`line ${number} has no "text"`)
  }
  const recent = 'recentTexts' in parsed && Array.isArray(parsed.recentTexts) ? parsed.recentTexts : []
  return {
    id: 'id' in parsed ? parsed.id : null,
    text: parsed.text,
    recentTexts: recent.filter((text): text is string => typeof text === 'string'),
  }
}

async function judgeFile(file: string, ruleSet: RuleSet): Promise<void> {
  let number = 0
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    number++
    if (line.trim() === '') continue
    const { id, text, recentTexts } = readLine(line, number)
    const findings = findContacts(text, { recentTexts, ruleSet })
    process.stdout.write(`${JSON.stringify({ id, refused: isRefused(findings), findings })}\n`)
  }
}

async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env')
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      file: { type: 'string' },
      rehearse: { type: 'boolean' },
      rules: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  const inForce = readRules(process.env.GUARD_RULES)
  if (values.rehearse) {
    const count = Number(positionals[0] ?? 1000)
    if (!Number.isInteger(count) || count < 1) throw new Error('--rehearse takes how many messages to look at')
    const messages = await storedMessages(process.env.DATABASE_URL || 'file:data/oko.db', count)
    for (const line of rehearse(messages, inForce, values.rules ? readRules(values.rules) : inForce)) console.log(line)
  } else if (values.file) await judgeFile(values.file, values.rules ? readRules(values.rules) : inForce)
  else if (positionals.length > 0 && !values.help)
    printVerdict(positionals.join(' '), values.rules ? readRules(values.rules) : inForce)
  else console.log(usage)
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
