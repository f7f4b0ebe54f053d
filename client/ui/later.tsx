import { type ComponentType, type LazyExoticComponent, lazy, type ReactNode, Suspense } from 'react'
import { createStore, type Store } from '../realtime/store.ts'
import { useStore } from '../session/context.tsx'
import { LoadFailed } from './load-failed.tsx'

const MIN_RETRY_MS = 500
const MAX_RETRY_MS = 8000
/** Failures in a row that are nobody's business yet. */
const QUIET_FAILURES = 1

/** A component whose code comes later: when it is first shown, or a little before, when somebody is about to ask for it. */
export type Later<P> = {
  Component: LazyExoticComponent<ComponentType<P>>
  prefetch(): void
  /** How often the code could not be had, in a row. */
  failures: Store<number>
  /** Tries at once, instead of after the wait that has begun. */
  retry(): void
}

/** Where the code can't be fetched it is tried again until it can: the network may be away just then. */
export function later<P>(fetchCode: () => Promise<ComponentType<P>>): Later<P> {
  const failures = createStore(0)
  let endWait = () => {}
  const wait = (waitMs: number) =>
    new Promise<void>((resolve) => {
      endWait = resolve
      setTimeout(resolve, waitMs)
    })
  /** Asked for a second time, the build's loader would not wait for stylesheets that are on their way. */
  let loading: Promise<ComponentType<P>> | undefined
  const load = () => {
    loading ??= fetchCode().catch((error: unknown) => {
      loading = undefined
      throw error
    })
    return loading
  }
  const persist = async () => {
    for (let waitMs = MIN_RETRY_MS; ; waitMs = Math.min(waitMs * 2, MAX_RETRY_MS)) {
      try {
        const component = await load()
        await mendStyles()
        failures.set(0)
        return { default: component }
      } catch {
        failures.set(failures.get() + 1)
        await wait(waitMs)
      }
    }
  }
  return {
    Component: lazy(persist),
    prefetch: () => void load().catch(() => {}),
    failures,
    retry: () => endWait(),
  }
}

type PartProps = {
  of: Pick<Later<never>, 'failures' | 'retry'>
  /** Somebody waits for it. */
  isWanted?: boolean
  /** Stands for it while its code is on its way. */
  fallback?: ReactNode
  /** They don't want to wait any longer; without it there is nothing else to go back to. */
  onCancel?: () => void
  children: ReactNode
}

/** Where a later component stands: its code is awaited here, and said to be out of reach where it is. */
export function LaterPart({ of, isWanted = true, fallback, onCancel, children }: PartProps) {
  return (
    <Suspense
      fallback={
        isWanted && (
          <Awaited of={of} {...(onCancel && { onCancel })}>
            {fallback}
          </Awaited>
        )
      }
    >
      {children}
    </Suspense>
  )
}

function Awaited({ of, onCancel, children }: Pick<PartProps, 'of' | 'onCancel' | 'children'>) {
  const failures = useStore(of.failures)
  if (failures <= QUIET_FAILURES) return children
  return <LoadFailed onRetry={of.retry} {...(onCancel && { onCancel })} />
}

/** Stylesheets of ours that could not be had. */
const failedStyles = new Set<HTMLLinkElement>()
const ownFolder = new URL(/* @vite-ignore */ '.', import.meta.url).href
document.addEventListener(
  'error',
  ({ target }) => {
    if (target instanceof HTMLLinkElement && target.href.startsWith(ownFolder)) failedStyles.add(target)
  },
  // It doesn't bubble.
  true,
)

/** The build's own loader asks for a stylesheet once; one that failed then is asked for again, or the code would be bare. */
async function mendStyles() {
  await Promise.all(
    [...failedStyles].map(
      (link) =>
        new Promise<void>((resolve, reject) => {
          const again = link.cloneNode() as HTMLLinkElement
          again.addEventListener('load', () => resolve())
          again.addEventListener('error', () => reject(new Error(`No stylesheet at ${link.href}`)))
          failedStyles.delete(link)
          link.replaceWith(again)
        }),
    ),
  )
}
