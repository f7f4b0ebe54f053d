import type { Person } from '../support/market.ts'
import type { Attempt, Outcome, SentMessage } from './history.ts'
import type { Instance } from './instance.ts'
import { ask, sendDocument } from './operations.ts'
import type { Random } from './random.ts'
import { wait } from './waiting.ts'
import { askOver, openWire, type Wire } from './wire.ts'
import type { World } from './world.ts'

/** More than the 5 s within which an answer is promised, so that a late one is measured. */
const answerTimeoutMs = 12_000

const words = ['draft', 'chapter', 'outline', 'figure', 'table', 'summary', 'sources', 'margin', 'review', 'title']

/** A person's device that sends: one message after the other, each until it is acknowledged. */
export interface Sender {
  run(pauseMs: number): Promise<void>
  /** Sends one message through these instances only, until it is acknowledged. */
  sendThrough(instances: readonly Instance[]): Promise<void>
}

export function createSender(world: World, who: Person, random: Random, device = 'phone'): Sender {
  const { history, working } = world
  const chats = world.chats.filter((chat) => chat.people.includes(who))
  let wire: Wire | null = null
  let wireInstance = ''
  let count = 0

  /** The connection that sends over WebSocket: to one instance while it lives. */
  async function connected(instances: readonly Instance[]): Promise<Wire> {
    if (wire?.isOpen() && instances.some(({ name }) => name === wireInstance)) return wire
    wire?.close()
    const instance = random.pick(instances)
    wireInstance = instance.name
    wire = await openWire(instance.url, who.token, 5000)
    return wire
  }

  async function attempt(message: SentMessage, instances: readonly Instance[]): Promise<Outcome> {
    const { chatId, text, clientMessageId } = message
    const variables = { input: { chatId, text, clientMessageId } }
    const overSocket = random.chance(0.3)
    const instance = random.pick(instances)
    const record: Attempt = { instance: instance.name, startedAt: Date.now(), endedAt: 0, outcome: 'lost' }
    try {
      let answer: any
      if (overSocket) {
        const open = await connected(instances)
        record.instance = wireInstance
        record.startedAt = Date.now()
        answer = await askOver(open, sendDocument, variables, answerTimeoutMs)
      } else answer = await ask(instance.url, who.token, sendDocument, variables, answerTimeoutMs)
      record.outcome = judge(message, answer)
    } catch (error) {
      const late = /not within|TimeoutError|aborted due to timeout/.test(String(error))
      record.outcome = late && Date.now() - record.startedAt >= answerTimeoutMs - 100 ? 'unanswered' : 'lost'
    }
    record.endedAt = Date.now()
    message.attempts.push(record)
    return record.outcome
  }

  function judge(message: SentMessage, { data, errors }: any): Outcome {
    const result = data?.sendMessage
    if (result?.__typename === 'SendMessageSuccess') {
      const { id, seq, clientMessageId } = result.sent
      if (clientMessageId !== message.clientMessageId) {
        history.surprises.push(`${message.clientMessageId} was answered with ${clientMessageId}`)
      }
      message.acknowledgements.push({ id, seq, duplicate: result.duplicate, at: Date.now() })
      return 'acknowledged'
    }
    const code = errors?.[0]?.extensions?.code
    if (code === 'UNAVAILABLE') return 'unavailable'
    // A guest who has been removed just now.
    if (code === 'FORBIDDEN') return 'refused'
    history.surprises.push(`sendMessage: ${JSON.stringify(errors ?? data)}`)
    return code === 'INTERNAL_SERVER_ERROR' ? 'unavailable' : 'refused'
  }

  async function sendOne(instances: readonly Instance[]): Promise<void> {
    const message: SentMessage = {
      author: who.externalId,
      chatId: random.pick(chats).id,
      clientMessageId: `${device}-${++count}`,
      text: `${random.pick(words)} ${random.pick(words)} ${random.pick(words)}`,
      attempts: [],
      acknowledgements: [],
    }
    history.messages.push(message)
    for (let retry = 0; ; retry++) {
      // Now and then a device believes that its first try was lost, and has two under way.
      const tries = random.chance(0.1) ? [1, 2] : [1]
      const outcomes = await Promise.all(tries.map(() => attempt(message, instances)))
      if (outcomes.includes('acknowledged') || outcomes.includes('refused')) return
      if (world.listening.aborted) return
      await wait(random.between(50, Math.min(1000, 100 * 2 ** retry)))
    }
  }

  return {
    async run(pauseMs) {
      while (!working.aborted) {
        await wait(random.between(0, 2 * pauseMs))
        if (!working.aborted) await sendOne(world.instances)
        // Devices come and go.
        if (random.chance(0.02)) wire?.cut()
      }
      wire?.close()
    },
    async sendThrough(instances) {
      await sendOne(instances)
    },
  }
}
