import { type ComponentType, type LazyExoticComponent, lazy } from 'react'

const MIN_RETRY_MS = 500
const MAX_RETRY_MS = 8000

/** A component whose code comes later: when it is first shown, or a little before, when somebody is about to ask for it. */
export type Later<P> = { Component: LazyExoticComponent<ComponentType<P>>; prefetch(): void }

/** Where the code can't be fetched it is tried again until it can: the network may be away just then. */
export function later<P>(load: () => Promise<ComponentType<P>>): Later<P> {
  return {
    Component: lazy(async () => ({ default: await persist(load) })),
    prefetch: () => void load().catch(() => {}),
  }
}

async function persist<T>(load: () => Promise<T>): Promise<T> {
  for (let waitMs = MIN_RETRY_MS; ; waitMs = Math.min(waitMs * 2, MAX_RETRY_MS)) {
    try {
      return await load()
    } catch {
      await new Promise((resolve) => setTimeout(resolve, waitMs))
    }
  }
}
