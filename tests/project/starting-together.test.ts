import { describe, expect, it } from 'vitest'
import { createTestDatabase, startTestApp } from '../support/app.ts'
import { createChat, person, run, send } from '../support/market.ts'

describe('several instances that start at once', () => {
  it('migrate an empty PostgreSQL database once, and serve it together', async () => {
    const database = await createTestDatabase('postgresql')
    const apps = await Promise.all([1, 2, 3].map(() => startTestApp('postgresql', { database })))
    try {
      const [anna, dmitry] = await Promise.all([person('anna'), person('dmitry')])
      const [first, , third] = apps
      const chatId = await createChat(first?.url ?? '', [anna, dmitry])
      await send(first?.url ?? '', anna.token, chatId, 'Здравствуйте!')
      const { messages } = await run(
        third?.url ?? '',
        dmitry.token,
        'query($id: ID!) { messages(chatId: $id) { edges { node { text } } } }',
        { id: chatId },
      )
      expect(messages.edges).toEqual([{ node: { text: 'Здравствуйте!' } }])
    } finally {
      await Promise.all(apps.map((app) => app.close()))
      await database.drop()
    }
  })

  it('leave a SQLite file to the first, and say so', async () => {
    const database = await createTestDatabase('sqlite')
    try {
      const results = await Promise.allSettled([1, 2].map(() => startTestApp('sqlite', { database })))
      const started = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
      const refused = results.flatMap((result) => (result.status === 'rejected' ? [String(result.reason)] : []))
      expect(started).toHaveLength(1)
      expect(refused).toEqual([expect.stringContaining('another process is using')])
      await Promise.all(started.map((app) => app.close()))

      // The file is free again afterwards.
      const again = await startTestApp('sqlite', { database })
      await again.close()
    } finally {
      await database.drop()
    }
  })
})
