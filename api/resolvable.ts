/** A promise, and what resolves it: `Promise.withResolvers`, which the oldest Node that we run on doesn't have. */
export function resolvable(): { promise: Promise<void>; resolve(): void } {
  let resolve: () => void = () => undefined
  const promise = new Promise<void>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}
