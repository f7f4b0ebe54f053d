import { Eye } from 'lucide-react'
import { FormattedMessage } from 'react-intl'
import { useSurroundings } from '../ui/surroundings.tsx'
import styles from './sign-in-page.module.css'

/** Shown instead of the dashboard where nobody is signed in; says how to be. */
export function SignInPage({ reason }: { reason: 'missing' | 'expired' | 'unknownPerson' }) {
  const { ownsPage } = useSurroundings()
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <Eye size={28} aria-hidden="true" />
        <h1>
          <FormattedMessage id={reason === 'unknownPerson' ? 'signIn.unknownPerson' : 'signIn.title'} />
        </h1>
        <p>
          <FormattedMessage
            id={
              reason === 'unknownPerson'
                ? 'signIn.unknownPersonHint'
                : reason === 'expired'
                  ? 'signIn.expired'
                  : 'signIn.body'
            }
          />
        </p>
        {reason === 'unknownPerson' ? (
          <a href="/" target="_top">
            <FormattedMessage id="signIn.home" />
          </a>
        ) : (
          ownsPage && (
            <p>
              <FormattedMessage id="signIn.technical" />
            </p>
          )
        )}
      </div>
    </main>
  )
}
