import { SendHorizontal, X } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef } from 'react'
import { FormattedMessage, useIntl } from 'react-intl'
import type { FindingFieldsFragment } from '../graphql/generated/graphql.ts'
import controls from '../ui/controls.module.css'
import styles from './composer.module.css'
import { MarkedText } from './marked-text.tsx'
import { ReasonList } from './reason-list.tsx'
import { findingsOf, type Refusal } from './refusal.ts'
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
  /** What the guard finds in the text as it stands. */
  findings: readonly FindingFieldsFragment[]
  /** Has the focus when it appears. */
  isFocusedAtFirst: boolean
  /** An own message is being changed instead of a new one written. */
  isEditing: boolean
  onCancelEdit(): void
  /** Arrow up in the empty field. */
  onEditLast(): void
}

/** Where messages are written. Enter sends, Shift+Enter breaks the line. */
export function Composer(props: Props) {
  const { text, onChange, onSubmit, refusal, findings, isEditing, isFocusedAtFirst, onCancelEdit, onEditLast } = props
  const intl = useIntl()
  const ref = useRef<HTMLTextAreaElement>(null)
  const marked = useRef<HTMLDivElement>(null)
  const reasonId = useId()
  // What was refused is marked until it is changed; then what is found anew is.
  const isRefused = refusal !== null && refusal.text === text
  const marks = isRefused ? findingsOf(refusal) : findings
  const isEmpty = text.trim() === ''
  const left = text.length < MAX_CODE_POINTS - LEFT_SHOWN_BELOW ? null : MAX_CODE_POINTS - [...text.trim()].length

  useLayoutEffect(() => {
    if (isFocusedAtFirst) ref.current?.focus()
  }, [isFocusedAtFirst])

  // A text that came back, or came to be edited, is to be typed in; a menu that it was chosen from lets nothing else have the
  // focus until its own effects have ended.
  useEffect(() => {
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
    if (event.key === 'ArrowUp' && text === '' && !isEditing) {
      event.preventDefault()
      onEditLast()
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
        <div id={reasonId}>
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
        <div className={styles.grow}>
          <MarkedText ref={marked} text={text} findings={marks} isRefused={isRefused} />
          <textarea
            ref={ref}
            className={styles.textarea}
            rows={1}
            value={text}
            aria-label={intl.formatMessage({ id: 'messages.field' })}
            aria-invalid={refusal !== null}
            aria-describedby={refusal || findings.length > 0 ? reasonId : undefined}
            placeholder={intl.formatMessage({ id: 'messages.placeholder' })}
            onChange={(event) => onChange(event.target.value)}
            onKeyDown={onKeyDown}
            onScroll={(event) => {
              if (marked.current) marked.current.scrollTop = event.currentTarget.scrollTop
            }}
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
      <div className={styles.hint} aria-live="polite">
        {!refusal && findings.length > 0 && (
          <div id={reasonId}>
            <ReasonList text={text} findings={findings} />
          </div>
        )}
      </div>
      {left !== null && left < LEFT_SHOWN_BELOW && (
        <p className={styles.left} data-over={left < 0 || undefined}>
          {left < 0 ? (
            <FormattedMessage id="messages.over" values={{ count: -left }} />
          ) : (
            <FormattedMessage id="messages.left" values={{ count: left }} />
          )}
        </p>
      )}
    </form>
  )
}
