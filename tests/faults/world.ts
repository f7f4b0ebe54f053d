import { createChat, type Person, person } from '../support/market.ts'
import { hostToken } from '../support/tokens.ts'
import type { History } from './history.ts'
import type { Instance } from './instance.ts'
import type { Random } from './random.ts'

/** What a chat is for: each kind sees one sort of change, so that a replay knows what a ChatChanged was. */
export type ChatKind =
  /** People read, and delete. */
  | 'plain'
  /** People also mute and unmute. */
  | 'muting'
  /** The host removes the last person and adds them again. */
  | 'guest'

export interface FaultChat {
  id: string
  kind: ChatKind
  /** The last one of a `guest` chat is the guest. */
  people: readonly Person[]
}

/** Whom and what the actors work with. */
export interface World {
  people: readonly Person[]
  chats: readonly FaultChat[]
  host: string
  instances: readonly Instance[]
  history: History
  /** Aborted when nobody is to start anything new. */
  working: AbortSignal
  /** Aborted when the streams are to end too. */
  listening: AbortSignal
}

/** People and their chats, through the API. Three in four people are in three chats or more. */
export async function populate(
  instances: readonly Instance[],
  random: Random,
  { peopleCount, chatCount }: { peopleCount: number; chatCount: number },
): Promise<Pick<World, 'people' | 'chats' | 'host'>> {
  const url = instances[0]?.url
  if (url === undefined) throw new Error('no instance')
  const claims = { exp: Math.floor(Date.now() / 1000) + 86_400 }
  const people = await Promise.all(Array.from({ length: peopleCount }, (_, index) => person(`person-${index}`, claims)))
  const kinds: readonly ChatKind[] = ['plain', 'muting', 'guest']
  const chats: FaultChat[] = []
  for (let index = 0; index < chatCount; index++) {
    const kind = kinds[index % kinds.length] ?? 'plain'
    const size = random.between(3, 6)
    const start = random.between(0, peopleCount - 1)
    const stride = random.pick([1, 3, 7])
    const members = new Set(Array.from({ length: size }, (_, step) => people[(start + step * stride) % peopleCount]))
    const chosen = [...members].filter((one) => one !== undefined)
    chats.push({ id: await createChat(url, chosen, `Order ${index}`), kind, people: chosen })
  }
  const inChats = new Set(chats.flatMap((chat) => chat.people))
  return { people: people.filter((one) => inChats.has(one)), chats, host: await hostToken() }
}

/** The last of a guest chat comes and goes; all the others of all chats stay. */
export const isGuest = (chat: FaultChat, who: Person): boolean => chat.kind === 'guest' && chat.people.at(-1) === who
