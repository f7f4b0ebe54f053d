import type { Stage } from './bench.ts'
import { type Program, startProduct } from './programs.ts'
import { tokensOf, type World } from './world.ts'

/** The product on a world of its own, and the tokens of its people, by their numbers. */
export interface Scene {
  world: World
  product: Program
  tokens: readonly string[]
}

type Parts = Pick<Stage, 'children' | 'redisUrl' | 'newWorld'>

export const startOn = ({ children, redisUrl }: Parts, world: World): Promise<Program> =>
  startProduct(children, { DATABASE_URL: world.url, REDIS_URL: redisUrl })

/** Chats 0 to `chats - 1`: of chat `k` the people `2k` and `2k + 1`. */
export async function openPairs(stage: Parts, chats: number): Promise<Scene> {
  const world = await stage.newWorld()
  await world.addPeople(0, 2 * chats)
  await world.addPairs(0, chats, 0)
  return { world, product: await startOn(stage, world), tokens: await tokensOf(0, 2 * chats) }
}

/** People 0 to `viewers - 1`, each with `chatsEach` chats of `messagesEach` messages: viewer `v` has those from `v * chatsEach` on. */
export async function openViewers(
  stage: Parts,
  { viewers, chatsEach, messagesEach }: { viewers: number; chatsEach: number; messagesEach: number },
): Promise<Scene> {
  const world = await stage.newWorld()
  await world.addPeople(0, viewers + chatsEach)
  for (let viewer = 0; viewer < viewers; viewer++) {
    await world.addChatsOf(viewer, viewer * chatsEach, chatsEach, viewers)
  }
  await world.addMessages(0, viewers * chatsEach, messagesEach)
  return { world, product: await startOn(stage, world), tokens: await tokensOf(0, viewers) }
}
