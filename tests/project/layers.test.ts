import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

interface Import {
  file: string
  /** A path from the root, or the name of a package. */
  target: string
}

function importsBelow(folder: string): Import[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|tsx|mjs)$/.test(name))
    .flatMap((name) => {
      const file = join(folder, name)
      const source = readFileSync(join(root, file), 'utf8')
      return [...source.matchAll(/^(?:import|export)\b[^'"=]*\bfrom '([^']+)'|^import '([^']+)'/gm)].map((match) => {
        const specifier = match[1] ?? match[2] ?? ''
        const local = specifier.startsWith('.')
        return { file, target: local ? relative(root, join(root, dirname(file), specifier)) : specifier }
      })
    })
}

const api = importsBelow('api')
const client = importsBelow('client')

/** The imports of files that match, to targets that match; none is what each rule wants. */
const found = (imports: Import[], file: RegExp, target: RegExp): string[] =>
  imports.filter((one) => file.test(one.file) && target.test(one.target)).map((one) => `${one.file} -> ${one.target}`)

describe('who may import whom', () => {
  it('sees the imports at all', () => {
    expect(api.length).toBeGreaterThan(100)
    expect(client.length).toBeGreaterThan(100)
  })

  it('client and api know nothing of each other', () => {
    expect(found(client, /./, /^(api|prisma)\//)).toEqual([])
    expect(found(api, /./, /^client\//)).toEqual([])
  })

  it('neither depends on tests', () => {
    expect(found([...api, ...client], /./, /^tests\//)).toEqual([])
  })

  it('the guard imports nothing of ours', () => {
    expect(found(api, /^api\/guard\//, /^(?!api\/guard\/)(api|prisma|client)\//)).toEqual([])
  })

  it('services know neither GraphQL nor HTTP', () => {
    expect(found(api, /\.service\.ts$/, /^(@pothos|graphql|ws)|\.schema\.ts$|^api\/(http|builder)/)).toEqual([])
  })

  it('only schema files and the builder know Pothos, and what counts the cost that they state', () => {
    const others =
      /^api\/(?!builder\.ts|schema\.ts|paging\.ts|selected-nodes\.ts|http\/document-limits\.ts|.*\.schema\.ts$)/
    expect(found(api, others, /^@pothos|^api\/builder/)).toEqual([])
  })

  it('a feature reaches another only through its services, rules and schema, never its rows by http', () => {
    expect(found(api, /^api\/(users|chats|messages|notifications|events|staff)\//, /^api\/http\//)).toEqual([])
  })
})
