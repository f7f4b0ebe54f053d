import 'graphiql/setup-workers/vite'
import 'graphiql/style.css'
import './graphiql.css'
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql'
import { createRoot } from 'react-dom/client'
import { chooseLocale } from '../i18n/locale.ts'
import { browserStorage } from '../session/storage.ts'
import { readExplorerConfig } from './config.ts'
import { EditorSettings } from './editor-settings.tsx'
import { examples, tabOf } from './examples.ts'
import { createFetcher } from './fetcher.ts'
import { createGuide } from './guide.tsx'
import { guideTexts } from './guide-text.ts'
import { headersOf } from './person-headers.ts'
import { PersonSelect } from './person-select.tsx'
import { renewTabs } from './tabs.ts'

const config = readExplorerConfig(document)
const { people } = config
const asked = new URLSearchParams(window.location.search).get('person')
const askedPerson = people?.find(({ externalId }) => externalId === asked)
const locale = askedPerson?.locale ?? chooseLocale(browserStorage(), window.location.search, navigator.languages)
const text = guideTexts[locale]
const speakers = people?.filter((one) => one.locale === null || one.locale === locale) ?? []
const person = askedPerson ?? speakers[0] ?? null
if (people) renewTabs(people, asked)

const guide = createGuide({ config, person, text })
const plugins = [guide, HISTORY_PLUGIN]
const isFirstVisit = localStorage.getItem('graphiql:visiblePlugin') === null
const hasRoom = window.matchMedia('(width >= 1000px)').matches

const root = document.getElementById('root')
if (!root) throw new Error('The page has no #root')
// A tab that is changed before the editors are there would be shown with the text of another.
root.inert = true
const onReady = () => {
  root.inert = false
}
createRoot(root).render(
  <GraphiQL
    fetcher={createFetcher(config.graphqlPath)}
    plugins={plugins}
    {...(isFirstVisit && hasRoom && { visiblePlugin: guide })}
    defaultTabs={examples.map((example) => tabOf(example, person, people ?? []))}
    defaultHeaders={headersOf(person?.token ?? '')}
    // The demo's tokens are anybody's; others are not left in a browser.
    shouldPersistHeaders={people !== null}
    showPersistHeadersSettings={false}
    defaultEditorToolsVisibility="variables"
  >
    <GraphiQL.Logo>
      <EditorSettings onReady={onReady} />
      {people ? <PersonSelect people={speakers} text={text} /> : 'Oko'}
    </GraphiQL.Logo>
  </GraphiQL>,
)
