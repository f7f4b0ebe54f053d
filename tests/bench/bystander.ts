/** Somebody else at the server of `npm run bench:attacks`: asks for their counters now and then, in a process of their own. */
import { setTimeout as wait } from 'node:timers/promises'

/** How long answers took since the last report, in milliseconds. */
export interface BystanderReport {
  medianMs: number
  maxMs: number
}

const { BYSTANDER_URL: url, BYSTANDER_TOKEN: token } = process.env
let times: number[] = []

process.on('message', () => {
  const sorted = times.sort((a, b) => a - b)
  process.send?.({
    medianMs: sorted[Math.floor(sorted.length / 2)] ?? 0,
    maxMs: sorted.at(-1) ?? 0,
  } satisfies BystanderReport)
  times = []
})
process.on('disconnect', () => process.exit(0))

for (;;) {
  const startedAtMs = performance.now()
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      'x-forwarded-for': '198.51.100.7',
    },
    body: '{"query":"{ counters { unreadMessages } }"}',
  })
  const { errors } = JSON.parse(await response.text())
  if (errors) throw new Error(JSON.stringify(errors))
  times.push(performance.now() - startedAtMs)
  await wait(30)
}
