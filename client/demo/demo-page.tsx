import { useState } from 'react'
import { FormattedMessage, useIntl } from 'react-intl'
import type { DemoPerson } from '../config.ts'
import { LANGUAGE_NAMES, LOCALES } from '../i18n/locale.ts'
import { useLocaleSetting } from '../i18n/provider.tsx'
import { useMedia } from '../ui/use-media.ts'
import styles from './demo-page.module.css'
import { DemoPane } from './demo-pane.tsx'

type Props = { graphqlPath: string; people: DemoPerson[]; graphiql: boolean }

/** The first minute: a client and an expert side by side, what to try, and a switch for each one's connection. */
export function DemoPage({ graphqlPath, people, graphiql }: Props) {
  const intl = useIntl()
  const { locale, setLocale } = useLocaleSetting()
  const [chosen, setChosen] = useState<Record<string, string>>({})
  const [shown, setShown] = useState(0)
  const isNarrow = useMedia('(width < 800px)')
  const [showsSteps, setShowsSteps] = useState(false)
  const speakers = people.filter((person) => person.locale === locale)
  const candidates = speakers.length > 0 ? speakers : people
  const panes = (['CLIENT', 'EXPERT'] as const).flatMap((role) => {
    const id = chosen[`${locale} ${role}`]
    const person = candidates.find((one) => one.externalId === id) ?? candidates.find((one) => one.role === role)
    return person ? [{ role, person }] : []
  })
  return (
    <div className={styles.page}>
      <section className={styles.intro} aria-label={intl.formatMessage({ id: 'demo.title' })}>
        <div className={styles.words}>
          <h1>
            <FormattedMessage id={isNarrow ? 'demo.shortTitle' : 'demo.title'} />
          </h1>
          {!isNarrow && (
            <>
              <p>
                <FormattedMessage id="demo.intro" />
              </p>
              <Steps />
            </>
          )}
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend can't be left out of sight */}
        <div className={styles.languages} role="group" aria-label={intl.formatMessage({ id: 'demo.language' })}>
          {LOCALES.map((one) => (
            <button key={one} type="button" lang={one} aria-pressed={one === locale} onClick={() => setLocale(one)}>
              {LANGUAGE_NAMES[one]}
            </button>
          ))}
        </div>
        {isNarrow && (
          <button
            type="button"
            className={styles.stepsButton}
            aria-expanded={showsSteps}
            onClick={() => setShowsSteps(!showsSteps)}
          >
            <FormattedMessage id="demo.steps" />
          </button>
        )}
        {isNarrow && showsSteps && <Steps />}
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        <div className={styles.tabs} role="group" aria-label={intl.formatMessage({ id: 'demo.panes' })}>
          {panes.map(({ role }, index) => (
            <button key={role} type="button" aria-pressed={index === shown} onClick={() => setShown(index)}>
              <FormattedMessage id={`role.${role}`} />
            </button>
          ))}
        </div>
      </section>
      <main className={styles.panes} aria-label={intl.formatMessage({ id: 'demo.panes' })}>
        {panes.map(({ role, person }, index) => (
          <DemoPane
            key={role}
            graphiqlPath={graphiql ? graphqlPath : null}
            people={candidates}
            person={person}
            onChoose={(externalId) => setChosen({ ...chosen, [`${locale} ${role}`]: externalId })}
            isHidden={index !== shown}
            isNarrow={isNarrow}
          />
        ))}
      </main>
    </div>
  )
}

/** What to try. */
function Steps() {
  return (
    <ol className={styles.steps}>
      {(['demo.step1', 'demo.step2', 'demo.step3'] as const).map((id) => (
        <li key={id}>
          <FormattedMessage id={id} />
        </li>
      ))}
    </ol>
  )
}
