import { SendHorizontal, X } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, useId, useLayoutEffect, useRef } from 'react'
import { FormattedMessage, useIntl } from 'react-intl'
import controls from '../ui/controls.module.css'
import styles from './composer.module.css'
import type { Refusal } from './refusal.ts'
import { RefusalAlert } from './refusal-alert.tsx'

/** protocol.md: 4000 code points. */
const MAX_CODE_POINTS = 4000
const LEFT_SHOWN_BELOW = 200

type Props = {
  text: string
  onChange(text: string): void
  /** A text with something visible in it; the caller decides what the field shows next. */
  onSubmit(text: string): void
  refusal: Refusal | null
  /** An own message is being changed instead of a new one written. */
  isEditing: boolean
  onCancelEdit(): void
}

/** Where messages are written. Enter sends, Shift+Enter breaks the line. */
export function Composer({ text, onChange, onSubmit, refusal, isEditing, onCancelEdit }: Props) {
  const intl = useIntl()
  const ref = useRef<HTMLTextAreaElement>(null)
  const alertId = useId()
  const isEmpty = text.trim() === ''
  const left = text.length < MAX_CODE_POINTS - LEFT_SHOWN_BELOW ? null : MAX_CODE_POINTS - [...text.trim()].length

  // A text that came back, or came to be edited, is to be typed in.
  useLayoutEffect(() => {
    if (refusal || isEditing) ref.current?.focus()
  }, [refusal, isEditing])

  const submit = () => {
    ref.current?.focus()
    if (!isEmpty) onSubmit(text)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // isComposing: Enter belongs to the input method then.
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault()
      submit()
    }
    if (event.key === 'Escape' && isEditing) {
      event.stopPropagation()
      onCancelEdit()
    }
  }
  const onFormSubmit = (event: FormEvent) => {
    event.preventDefault()
    submit()
  }

  return (
    <form className={styles.composer} onSubmit={onFormSubmit}>
      {refusal && (
        <div id={alertId}>
          <RefusalAlert refusal={refusal} />
        </div>
      )}
      {isEditing && (
        <div className={styles.editing}>
          <FormattedMessage id="messages.editing" />
          <button
            type="button"
            className={controls.iconButton}
            aria-label={intl.formatMessage({ id: 'common.cancel' })}
            onClick={onCancelEdit}
          >
            <X size={18} aria-hidden="true" />
          </button>
        </div>
      )}
      <div className={styles.field}>
        <div className={styles.grow} data-text={text}>
          <textarea
            ref={ref}
            className={styles.textarea}
            rows={1}
            value={text}
            aria-label={intl.formatMessage({ id: 'messages.field' })}
            aria-invalid={refusal !== null}
            aria-describedby={refusal ? alertId : undefined}
            placeholder={intl.formatMessage({ id: 'messages.placeholder' })}
            onChange={(event) => onChange(event.target.value)}
            onKeyDown={onKeyDown}
          />
        </div>
        <button
          type="submit"
          className={styles.send}
          data-empty={isEmpty || undefined}
          aria-label={intl.formatMessage({ id: isEditing ? 'messages.save' : 'messages.send' })}
        >
          <SendHorizontal size={20} aria-hidden="true" />
        </button>
      </div>
      {left !== null && left < LEFT_SHOWN_BELOW && (
        <p className={styles.left} data-over={left < 0 || undefined}>
          <FormattedMessage id="messages.left" values={{ count: left }} />
        </p>
      )}
    </form>
  )
}
