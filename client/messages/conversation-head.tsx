import { ArrowLeft, Bell, BellOff } from 'lucide-react'
import { type ReactNode, useLayoutEffect, useRef } from 'react'
import { type IntlShape, useIntl } from 'react-intl'
import { othersOf } from '../chats/people.ts'
import type { ChatFieldsFragment, UserFieldsFragment } from '../graphql/generated/graphql.ts'
import { Avatar } from '../ui/avatar.tsx'
import controls from '../ui/controls.module.css'
import { formatShort, isSameDay } from '../ui/times.ts'
import styles from './conversation.module.css'

type Props = {
  chat: ChatFieldsFragment
  viewerId: string | undefined
  onBack: (() => void) | null
  onSetMuted(muted: boolean): void
  /** The connection's state, where nothing else on the screen shows it. */
  status: ReactNode
  children?: ReactNode
}

/** What the conversation is about: the order, its reference, the people and whether they are here. */
export function ConversationHead({ chat, viewerId, onBack, onSetMuted, status, children }: Props) {
  const intl = useIntl()
  const others = othersOf(chat, viewerId)
  const back = useRef<HTMLButtonElement>(null)
  // The row that was pressed is gone with its list; whoever types has the focus in the field.
  useLayoutEffect(() => {
    back.current?.focus()
  }, [])
  const Bells = chat.muted ? BellOff : Bell
  return (
    <header className={styles.head}>
      {onBack && (
        <button
          ref={back}
          type="button"
          className={controls.iconButton}
          aria-label={intl.formatMessage({ id: 'common.back' })}
          onClick={onBack}
        >
          <ArrowLeft size={20} aria-hidden="true" />
        </button>
      )}
      {others[0] && <Avatar user={others[0]} sizePx={36} />}
      <div className={styles.about}>
        <h3 className={styles.title} title={chat.title}>
          {chat.title}
        </h3>
        <div className={styles.facts}>
          <p className={styles.people}>
            {others.map((user) => nameAndPresence(intl, user, others.length)).join(' · ')}
            {chat.externalRef && (
              <>
                {'\u00a0· '}
                <span className={styles.reference}>{chat.externalRef}</span>
              </>
            )}
          </p>
          {status}
        </div>
      </div>
      <button
        type="button"
        className={controls.iconButton}
        aria-label={intl.formatMessage({ id: chat.muted ? 'chats.unmute' : 'chats.mute' })}
        title={intl.formatMessage({ id: chat.muted ? 'chats.unmute' : 'chats.mute' })}
        onClick={() => onSetMuted(!chat.muted)}
      >
        <Bells size={20} aria-hidden="true" />
      </button>
      {children}
    </header>
  )
}

/** Of several people only who is here: all the others' absences would push the rest out of sight. */
function nameAndPresence(intl: IntlShape, user: UserFieldsFragment, people: number): string {
  return people > 1 && !user.online ? user.name : `${user.name}, ${presence(intl, user)}`
}

function presence(intl: IntlShape, user: UserFieldsFragment): string {
  const phrase = user.online
    ? intl.formatMessage({ id: 'person.online' })
    : user.lastSeenAt
      ? lastSeen(intl, user.lastSeenAt)
      : intl.formatMessage({ id: 'person.offline' })
  return phrase.charAt(0).toLowerCase() + phrase.slice(1)
}

/** "Last seen at 14:05", "Last seen 12 Oct". */
function lastSeen(intl: IntlShape, at: string): string {
  const id = isSameDay(at, new Date().toISOString()) ? 'person.lastSeenToday' : 'person.lastSeen'
  return intl.formatMessage({ id }, { when: formatShort(intl, at) })
}
