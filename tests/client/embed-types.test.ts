import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { afterAll, beforeAll, expect, expectTypeOf, it } from 'vitest'
import type { OkoDashboardElement } from '../../client/embed/oko-dashboard-element.tsx'
import type { OkoDashboardProps } from '../../client/embed/react.ts'
import type { OkoDashboardElement as PublishedElement } from '../../client/embed/types/oko-dashboard.d.ts'
import type { OkoDashboardProps as PublishedProps } from '../../client/embed/types/react.d.ts'

const fromRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
let folder: string

// A host's project: what it has of ours is what our server serves.
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'oko-types-'))
  symlinkSync(fromRoot('node_modules'), join(folder, 'node_modules'))
  for (const name of ['oko-dashboard.d.ts', 'react.d.ts'])
    copyFileSync(fromRoot(`dist/client/embed/${name}`), join(folder, name))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// Held by `npm run typecheck`: what is published says of both what they are.
type Own = Omit<PublishedElement, keyof HTMLElement>
expectTypeOf<PublishedProps>().toEqualTypeOf<OkoDashboardProps>()
expectTypeOf<Pick<OkoDashboardElement, keyof Own>>().toEqualTypeOf<Own>()

const sources = {
  'element.ts': `
    import './oko-dashboard.js'
    const element = document.createElement('oko-dashboard')
    element.apiUrl = 'https://chat.example.com/graphql'
    element.locale = 'ru'
    element.onTokenExpired = async () => 'fresh'
    element.addEventListener('oko-token-expired', (event) => event.preventDefault())
    document.querySelector('oko-dashboard')?.remove()
    // @ts-expect-error: no such look
    element.theme = 'sepia'
    // @ts-expect-error: no token
    element.onTokenExpired = () => 42`,
  'page.tsx': `
    import { OkoDashboard } from './react.js'
    export const page = (
      <OkoDashboard apiUrl="https://chat.example.com/graphql" token="t" theme="dark" onTokenExpired={async () => 'fresh'}>
        <h1>Orders</h1>
      </OkoDashboard>
    )
    export const bare = <oko-dashboard api-url="https://chat.example.com/graphql" token="t" locale="en" />
    // @ts-expect-error: whom does it speak for?
    export const nobody = <OkoDashboard apiUrl="https://chat.example.com/graphql" />
    // @ts-expect-error: no such language
    export const german = <oko-dashboard locale="de" />`,
}

it('gives a TypeScript host the element, its properties and event, and the React component', {
  timeout: 60_000,
}, () => {
  const files = Object.entries(sources).map(([name, source]) => {
    writeFileSync(join(folder, name), source)
    return join(folder, name)
  })
  const program = ts.createProgram(files, {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    jsx: ts.JsxEmit.ReactJSX,
    types: [],
  })
  const complaints = ts
    .getPreEmitDiagnostics(program)
    .map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`)
  expect(complaints).toEqual([])
})
