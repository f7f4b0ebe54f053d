import { readdirSync, readFileSync } from 'node:fs'
import { type FragmentDefinitionNode, Kind, type OperationDefinitionNode, parse, print, visit } from 'graphql'

const folder = new URL('../../client/graphql/operations/', import.meta.url)

/** All that the dashboard's own operations are written in. */
export const { definitions } = parse(
  readdirSync(folder)
    .filter((name) => name.endsWith('.graphql'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n'),
  { noLocation: true },
)

/** What the dashboard sends instead of a document's text: the hash that it is registered by, found by the operation's name. */
export function hashOfOperation(name: string): string {
  const texts: Record<string, string> = JSON.parse(
    readFileSync(new URL('../generated/persisted-documents.json', folder), 'utf8'),
  )
  const found = Object.entries(texts).find(([, text]) =>
    new RegExp(`\\b(query|mutation|subscription) ${name}\\b`).test(text),
  )
  if (!found) throw new Error(`the dashboard has no operation ${name}`)
  return found[0]
}

/** The text of one of the dashboard's operations with the fragments that it uses. */
export function operation(name: string): string {
  const used = new Map<string, FragmentDefinitionNode>()
  const collect = (node: FragmentDefinitionNode | OperationDefinitionNode): void => {
    visit(node, {
      FragmentSpread({ name: { value } }) {
        const fragment = definitions.find(
          (one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === value,
        )
        if (!fragment || used.has(value)) return
        used.set(value, fragment)
        collect(fragment)
      },
    })
  }
  const found = definitions.find(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION && one.name?.value === name,
  )
  if (!found) throw new Error(`the dashboard has no operation ${name}`)
  collect(found)
  return [found, ...used.values()].map(print).join('\n')
}
