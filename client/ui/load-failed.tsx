import { useId, useLayoutEffect, useRef } from 'react'
import { FormattedMessage } from 'react-intl'
import controls from './controls.module.css'
import styles from './load-failed.module.css'

type Props = { onRetry(): void; onCancel?: () => void }

/**
 * Says that a part of the dashboard could not be had, and what to do: try again, or, where a new version has taken the old
 * one's files away, load the page anew. The browser's own dialog, since the one we use elsewhere may be what is missing.
 */
export function LoadFailed({ onRetry, onCancel }: Props) {
  const ref = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  const hintId = useId()
  // Closed before it goes, so that the focus returns to where it was.
  useLayoutEffect(() => {
    const dialog = ref.current
    dialog?.showModal()
    return () => dialog?.close()
  }, [])
  return (
    <dialog
      ref={ref}
      role="alertdialog"
      className={`${styles.dialog} ${controls.question}`}
      aria-labelledby={titleId}
      aria-describedby={hintId}
      onCancel={(event) => {
        event.preventDefault()
        onCancel?.()
      }}
    >
      <h2 id={titleId}>
        <FormattedMessage id="part.failed" />
      </h2>
      <p id={hintId}>
        <FormattedMessage id="part.failedHint" />
      </p>
      <div className={controls.answers}>
        {onCancel && (
          <button type="button" className={controls.button} data-tone="quiet" onClick={onCancel}>
            <FormattedMessage id="common.cancel" />
          </button>
        )}
        <button type="button" className={controls.button} onClick={() => window.location.reload()}>
          <FormattedMessage id="part.reload" />
        </button>
        <button type="button" className={controls.button} data-tone="accent" onClick={onRetry}>
          <FormattedMessage id="common.retry" />
        </button>
      </div>
    </dialog>
  )
}
