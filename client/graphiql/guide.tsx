import { type GraphiQLPlugin, MarkdownContent, pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { BookMarked } from 'lucide-react'
import errors from '../../docs/errors.md?raw'
import limits from '../../docs/limits.md?raw'
import { NARROW } from '../ui/use-media.ts'
import type { ExplorerConfig, Person } from './config.ts'
import { examples, tabOf } from './examples.ts'
import type { GuideText } from './guide-text.ts'
import type { TabContent } from './person-headers.ts'
import { startAnew } from './tabs.ts'

type Options = { config: ExplorerConfig; person: Person | null; text: GuideText }

/** GraphiQL's pane that shows a newcomer around; the errors and limits are the pages of docs/ themselves. */
export function createGuide({ config, person, text }: Options): GraphiQLPlugin {
  const people = config.people ?? []

  function Guide() {
    const open = useOpenTab()
    return (
      <section className="oko-guide" aria-label={text.title}>
        <h1>{text.title}</h1>
        <p>{text.intro}</p>
        <p>{config.people ? text.who : text.whoWithoutDemo}</p>
        <h2>{text.try}</h2>
        <ol>
          {examples.map((example) => (
            <li key={example.name}>
              <button type="button" onClick={() => open(example.name, tabOf(example, person, people))}>
                {text.steps[example.name]}
              </button>
            </li>
          ))}
        </ol>
        {config.people && (
          <p>
            <a href={`${config.graphqlPath}?person=${otherThan(person, people)}`} target="_blank" rel="noopener">
              {text.secondWindow}
            </a>
          </p>
        )}
        <p>
          <button type="button" onClick={startAnew}>
            {text.restart}
          </button>
        </p>
        <h2>{text.app}</h2>
        <p>{text.appText}</p>
        <Page title={text.errors} markdown={errors} />
        <Page title={text.limits} markdown={limits} />
      </section>
    )
  }

  return { title: text.title, icon: () => <BookMarked aria-hidden="true" />, content: Guide }
}

/** A page of docs/, folded. Where it links to other pages there is only their name here. */
function Page({ title, markdown }: { title: string; markdown: string }) {
  const text = markdown.replace(/^# .*\n/, '').replaceAll(/\[([^\]]+)\]\([^)]+\)/g, '$1')
  return (
    <details>
      <summary>{title}</summary>
      <MarkdownContent type="description">{text}</MarkdownContent>
    </details>
  )
}

/** Shows the tab of that name, or makes it. */
function useOpenTab() {
  const tabs = useGraphiQL((state) => state.tabs)
  const { queryEditor, variableEditor, headerEditor } = useGraphiQL(
    pick('queryEditor', 'variableEditor', 'headerEditor'),
  )
  const { addTab, changeTab, setVisiblePlugin, updateActiveTabValues } = useGraphiQLActions()
  return (name: string, content: TabContent) => {
    // The pane covers the tabs there (graphiql.css).
    if (window.matchMedia(NARROW).matches) setVisiblePlugin(null)
    const index = tabs.findIndex(({ title }) => title === name)
    if (index >= 0) return changeTab(index)
    addTab()
    queryEditor?.setValue(content.query ?? '')
    variableEditor?.setValue(content.variables ?? '')
    headerEditor?.setValue(content.headers ?? '')
    updateActiveTabValues({ ...content, operationName: name })
  }
}

/** Somebody who shares the person's newest chat, so that one window's message comes to the other. */
function otherThan(person: Person | null, people: readonly Person[]): string {
  const chatId = person?.chatIds[0]
  const other = people.find((one) => one !== person && chatId !== undefined && one.chatIds.includes(chatId))
  return encodeURIComponent((other ?? person)?.externalId ?? '')
}
