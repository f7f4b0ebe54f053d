import { serverAudits } from 'graphql-http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { tokenFor } from '../support/tokens.ts'

/** The audits of the GraphQL-over-HTTP specification. */
describe.each(['with', 'without'])('GraphQL over HTTP, %s a token', (how) => {
  let app: TestApp
  let token: string | undefined
  beforeAll(async () => {
    app = await startTestApp('sqlite')
    token = how === 'with' ? await tokenFor('auditor') : undefined
  })
  afterAll(() => app.close())

  const audits = serverAudits({
    url: () => `${app.url}/graphql`,
    fetchFn: (url: string, init: RequestInit = {}) => {
      const headers = new Headers(init.headers)
      if (token) headers.set('authorization', `Bearer ${token}`)
      return fetch(url, { ...init, headers })
    },
  })
  it.each(audits.map((audit) => [audit.name, audit] as const))('%s', async (_name, audit) => {
    const result = await audit.fn()
    if (result.status !== 'ok') expect.fail(`${result.status}: ${result.reason}`)
  })
})
