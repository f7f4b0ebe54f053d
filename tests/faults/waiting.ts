import { setTimeout as sleep } from 'node:timers/promises'

export const wait = (ms: number): Promise<void> => sleep(ms)

/** Asks again and again until the answer is true; false when that takes longer than `timeoutMs`. */
export async function eventually(
  isSo: () => Promise<boolean> | boolean,
  timeoutMs: number,
  everyMs = 50,
): Promise<boolean> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    if (await Promise.resolve(isSo()).catch(() => false)) return true
    if (Date.now() >= deadline) return false
    await sleep(everyMs)
  }
}

/** The promise, or an error after `timeoutMs`. */
export async function within<T>(promise: Promise<T>, timeoutMs: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: not within ${timeoutMs} ms`)), timeoutMs)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
