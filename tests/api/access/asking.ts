import { operate } from '../../support/socket.ts'
import type { Operation } from './operations.ts'
import type { Principal } from './rules.ts'
import type { World } from './world.ts'

/** How an operation travels. */
export const transports = ['POST', 'GET', 'SSE', 'WebSocket'] as const
export type Transport = (typeof transports)[number]

/** Whether it can: queries alone go by GET, and subscriptions not by a plain POST. */
export const carries = (transport: Transport, { kind }: Pick<Operation, 'kind'>): boolean =>
  transport === 'GET' ? kind === 'query' : transport === 'POST' ? kind !== 'subscription' : true

/**
 * Asks, and answers with everything that the client sees: status and body, or all messages of the operation. For operations
 * that end by themselves. Null for who can't even open a socket.
 */
export async function ask(
  url: string,
  world: World,
  principal: Principal,
  { query, variables }: Operation,
  transport: Transport,
): Promise<string | null> {
  if (transport === 'WebSocket') {
    const socket = world.sockets.get(principal)
    return socket ? JSON.stringify(await operate(socket, 'ask', query, variables)) : null
  }
  const token = world.tokens[principal]
  const parameters = new URLSearchParams({ query, variables: JSON.stringify(variables) })
  const response = await fetch(`${url}/graphql${transport === 'GET' ? `?${parameters}` : ''}`, {
    method: transport === 'GET' ? 'GET' : 'POST',
    headers: {
      accept: transport === 'SSE' ? 'text/event-stream' : 'application/graphql-response+json, application/json',
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(transport !== 'GET' && { 'content-type': 'application/json' }),
    },
    ...(transport !== 'GET' && { body: JSON.stringify({ query, variables }) }),
  })
  return `${response.status} ${await response.text()}`
}

/** The codes of the errors in an answer, each once. */
export const codesIn = (answer: string): string[] => [
  ...new Set([...answer.matchAll(/"code":"(\w+)"/g)].map(([, code]) => code ?? '')),
]
