import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { providers, startTestApp, type TestApp } from '../support/app.ts'
import { newPair } from '../support/chat.ts'
import { type Person, run, send } from '../support/market.ts'
import { footprint } from '../support/sql.ts'

const checkQuery = `query ($chatId: ID!, $text: String!) {
  checkText(chatId: $chatId, text: $text) { allowed invalid findings { kind start end rule message } }
}`

describe.each(providers)('the text of a message on %s', (provider) => {
  let app: TestApp
  let chatId: string
  let anna: Person
  beforeAll(async () => {
    app = await startTestApp(provider)
    ;({ chatId, anna } = await newPair(app.url))
  })
  afterAll(() => app.close())

  const check = async (text: string) => (await run(app.url, anna.token, checkQuery, { chatId, text })).checkText

  it.each([
    ['CRLF and outer white space', '\r\n  Добрый день!\r\n\r\nВот  план.\t\r\n', 'Добрый день!\n\nВот  план.'],
    ['4000 code points', 'я'.repeat(4000), 'я'.repeat(4000)],
    ['4000 astral characters with white space around', ` ${'😀'.repeat(4000)} `, '😀'.repeat(4000)],
    ['20 combining marks', `e${'\u0301'.repeat(20)}`, `e${'\u0301'.repeat(20)}`],
    ['quotes, backslashes and SQL', `'"\\%_; DROP TABLE "Message"; -- \${x}`, `'"\\%_; DROP TABLE "Message"; -- \${x}`],
    ['an answer with eight digits', 'Ответ: 89161234', 'Ответ: 89161234'],
    ['markup', '<b onclick="x">жир</b>', '<b onclick="x">жир</b>'],
  ])('is stored with %s', async (_name, text, stored) => {
    expect(await check(text)).toEqual({ allowed: true, invalid: null, findings: [] })
    expect(await send(app.url, anna.token, chatId, text)).toMatchObject({ duplicate: false, sent: { text: stored } })
    const { messages } = await run(
      app.url,
      anna.token,
      'query ($id: ID!) { messages(chatId: $id, last: 1) { edges { node { text } } } }',
      { id: chatId },
    )
    expect(messages.edges[0].node.text).toBe(stored)
  })

  it.each([
    ['nothing', '', 'EMPTY'],
    ['white space', ' \r\n\t\u00a0', 'EMPTY'],
    ['zero-width characters', '\u200b\u200d\ufeff\u2060', 'EMPTY'],
    ['4001 code points', 'я'.repeat(4001), 'TOO_LONG'],
    ['4001 astral characters', '😀'.repeat(4001), 'TOO_LONG'],
    ['NUL', 'при\u0000вет', 'BAD_CHARACTERS'],
    ['an escape sequence', '\u001b[0m', 'BAD_CHARACTERS'],
    ['a lone high surrogate', 'a\ud800b', 'BAD_CHARACTERS'],
    ['a lone low surrogate', 'a\udfffb', 'BAD_CHARACTERS'],
    ['21 combining marks', `e${'\u0301'.repeat(21)}`, 'BAD_CHARACTERS'],
  ])('is refused for %s, by sending and checking alike, and leaves nothing behind', async (_name, text, reason) => {
    const before = await footprint(app.database)
    expect(await send(app.url, anna.token, chatId, text)).toEqual({
      __typename: 'InvalidText',
      reason,
      message: expect.stringMatching(/[а-я]/),
    })
    expect(await check(text)).toEqual({ allowed: false, invalid: reason, findings: [] })
    expect(await footprint(app.database)).toEqual(before)
  })

  it.each([
    ['@', 'почта: a@b', 8, 9],
    ['+7', 'ответ: +7 9', 7, 9],
    ['http://', 'http://x', 0, 7],
    ['https://', 'вот https://x', 4, 12],
    ['nine digits', 'код 123456789!', 4, 13],
    ['emoji before it', '😀👩‍🎓 a@b', '😀👩‍🎓 a'.length, '😀👩‍🎓 a@'.length],
    ['white space before it, which is trimmed only later', ' \r\n\t @', 5, 6],
  ])('is refused by the base rule for %s, with the span in the text as sent', async (_name, text, start, end) => {
    const before = await footprint(app.database)
    const refusal = await send(app.url, anna.token, chatId, text)
    expect(refusal).toMatchObject({
      __typename: 'ContactDataRefused',
      message: expect.stringContaining('Контактные данные запрещены'),
    })
    // A rule that knows more may say it of a longer part.
    expect(refusal.findings).toHaveLength(1)
    expect(refusal.findings[0].message).toMatch(/[а-я]/)
    expect(refusal.findings[0].start).toBeLessThanOrEqual(start)
    expect(refusal.findings[0].end).toBeGreaterThanOrEqual(end)
    expect(await check(text)).toEqual({ allowed: false, invalid: null, findings: refusal.findings })
    expect(await footprint(app.database)).toEqual(before)
  })
})
