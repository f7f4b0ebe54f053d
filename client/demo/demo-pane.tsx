import { Unplug, Zap } from 'lucide-react'
import { useState } from 'react'
import { FormattedMessage, useIntl } from 'react-intl'
import type { DemoPerson } from '../config.ts'
import controls from '../ui/controls.module.css'
import { CUT } from './connection-switch.ts'
import styles from './demo-page.module.css'

type Props = {
  /** Null where it isn't served. */
  graphiqlPath: string | null
  people: DemoPerson[]
  person: DemoPerson
  onChoose(externalId: string): void
  /** The other pane is shown instead, where there is room for one. */
  isHidden: boolean
  /** Room for a word where there would be a sentence. */
  isNarrow: boolean
}

/** One person's dashboard in a frame of its own, so that each pane has its own focus, dialogs and screen size. */
export function DemoPane({ graphiqlPath, people, person, onChoose, isHidden, isNarrow }: Props) {
  const intl = useIntl()
  const [isCut, setIsCut] = useState(false)
  const Plug = isCut ? Zap : Unplug
  const label = (one: DemoPerson) => `${one.name}, ${intl.formatMessage({ id: `role.${one.role}` }).toLowerCase()}`
  return (
    <section
      className={styles.pane}
      data-cut={isCut || undefined}
      data-hidden={isHidden || undefined}
      aria-label={label(person)}
    >
      <div className={styles.bar}>
        <label>
          <span className={controls.srOnly}>
            <FormattedMessage id="demo.who" />
          </span>
          <select
            value={person.externalId}
            onChange={(event) => {
              setIsCut(false)
              onChoose(event.target.value)
            }}
          >
            {people.map((one) => (
              <option key={one.externalId} value={one.externalId}>
                {label(one)}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          className={controls.button}
          aria-label={intl.formatMessage({ id: isCut ? 'demo.mend' : 'demo.cut' })}
          onClick={() => setIsCut(!isCut)}
        >
          {!isNarrow && <Plug size={18} aria-hidden="true" />}
          <FormattedMessage id={`demo.${isCut ? 'mend' : 'cut'}${isNarrow ? 'Short' : ''}`} />
        </button>
        {graphiqlPath !== null && (
          <a
            href={`${graphiqlPath}?person=${encodeURIComponent(person.externalId)}`}
            target="_blank"
            rel="noopener"
            aria-label={intl.formatMessage({ id: 'demo.graphiql' })}
          >
            <FormattedMessage id={isNarrow ? 'demo.graphiqlShort' : 'demo.graphiql'} />
          </a>
        )}
      </div>
      <iframe
        // Another person is another page: a fresh frame, not a navigation in this one's history.
        key={person.externalId}
        className={styles.frame}
        title={label(person)}
        src={`/?person=${encodeURIComponent(person.externalId)}&lang=${person.locale}`}
        data-connection={isCut ? CUT : undefined}
      />
    </section>
  )
}
