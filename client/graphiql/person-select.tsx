import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import type { Person } from './config.ts'
import type { GuideText } from './guide-text.ts'
import { personOf, tabAs } from './person-headers.ts'

type Props = { people: Person[]; text: GuideText }

/** Who the tab in front speaks for. Another person gets this tab, with a chat of theirs; the other tabs stay as they are. */
export function PersonSelect({ people, text }: Props) {
  const tab = useGraphiQL((state) => state.tabs[state.activeTabIndex])
  const { queryEditor, variableEditor, headerEditor } = useGraphiQL(
    pick('queryEditor', 'variableEditor', 'headerEditor'),
  )
  const { stop, updateActiveTabValues } = useGraphiQLActions()
  const current = personOf(people, tab?.headers)

  const choose = (person: Person) => {
    // What runs goes on speaking for whom it began with.
    stop()
    const { headers, variables } = tabAs(
      {
        query: queryEditor?.getValue() ?? '',
        variables: variableEditor?.getValue() ?? '',
        headers: headerEditor?.getValue() ?? '',
      },
      person,
      people,
    )
    headerEditor?.setValue(headers ?? '')
    variableEditor?.setValue(variables ?? '')
    updateActiveTabValues({ headers, variables })
  }

  return (
    <label className="oko-person">
      <span>{text.person}</span>
      <select
        value={current?.externalId ?? ''}
        onChange={({ target }) => {
          const person = people.find(({ externalId }) => externalId === target.value)
          if (person) choose(person)
        }}
      >
        {!current && <option value="">{text.nobody}</option>}
        {people.map(({ externalId, name, role }) => (
          <option key={externalId} value={externalId}>
            {role === 'HOST' ? text.roles.HOST : `${name}, ${text.roles[role]}`}
          </option>
        ))}
      </select>
    </label>
  )
}
