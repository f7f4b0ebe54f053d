/** `npm run bench:guard`: how long the contact guard takes for usual messages and for the worst texts. */
import { findContacts } from '../../api/guard/guard.ts'
import { worstTexts } from '../guard/worst-texts.ts'
import { usualMessages } from './usual-messages.ts'

const warmUps = 3000
const rounds = 1500
const worstRuns = 40

const usOf = (text: string): number => {
  const startedAt = process.hrtime.bigint()
  findContacts(text, { recentTexts: [] })
  return Number(process.hrtime.bigint() - startedAt) / 1000
}
const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

for (let round = 0; round < warmUps; round++) for (const text of usualMessages) usOf(text)
const times: number[] = []
for (let round = 0; round < rounds; round++) for (const text of usualMessages) times.push(usOf(text))
times.sort((a, b) => a - b)
const length = usualMessages.reduce((sum, text) => sum + text.length, 0) / usualMessages.length
console.log(
  `usual messages of ${length.toFixed(0)} characters: median ${percentile(times, 0.5).toFixed(1)} µs, p99 ${percentile(times, 0.99).toFixed(1)} µs`,
)

const worst = worstTexts
  .map(([unit, text]) => ({ unit, us: Math.min(...Array.from({ length: worstRuns }, () => usOf(text))) }))
  .sort((a, b) => b.us - a.us)
console.log('4000 characters of the worst kinds, fastest of several runs:')
for (const { unit, us } of worst.slice(0, 5)) console.log(`${(us / 1000).toFixed(2)} ms  ${JSON.stringify(unit)}`)
