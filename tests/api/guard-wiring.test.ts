import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { providers, startTestApp, type TestApp } from '../support/app.ts'
import { createChat, type Person, person, run, send } from '../support/market.ts'

const check = async (url: string, token: string, chatId: string, text: string) =>
  (
    await run(
      url,
      token,
      'query($chatId: ID!, $text: String!) { checkText(chatId: $chatId, text: $text) { allowed findings { kind rule start end warning } } }',
      { chatId, text },
    )
  ).checkText

const edit = async (url: string, token: string, id: string, text: string) =>
  (
    await run(
      url,
      token,
      'mutation($input: EditMessageInput!) { editMessage(input: $input) { __typename ... on ContactDataRefused { findings { rule } } } }',
      { input: { id, text } },
    )
  ).editMessage

describe.each(providers)('the contact guard behind the API on %s', (provider) => {
  let app: TestApp
  let anna: Person
  let dmitry: Person
  beforeAll(async () => {
    app = await startTestApp(provider)
    ;[anna, dmitry] = await Promise.all([person('anna'), person('dmitry')])
  })
  afterAll(() => app.close())

  it('sees a contact that is split over messages, the same in checkText, sendMessage and editMessage', async () => {
    const chatId = await createChat(app.url, [anna, dmitry])
    expect((await send(app.url, anna.token, chatId, 'мой номер 8 916')).__typename).toBe('SendMessageSuccess')
    // What somebody else says in between changes nothing.
    await send(app.url, dmitry.token, chatId, 'да?')
    const rest = '123 45 67'
    expect(await check(app.url, anna.token, chatId, rest)).toMatchObject({ allowed: false })
    expect((await send(app.url, anna.token, chatId, rest)).__typename).toBe('ContactDataRefused')
    // The same words of the other one are no contact.
    expect(await check(app.url, dmitry.token, chatId, rest)).toEqual({ allowed: true, findings: [] })

    const { sent } = await send(app.url, anna.token, chatId, 'ничего')
    expect((await edit(app.url, anna.token, sent.id, rest)).__typename).toBe('ContactDataRefused')
    const { messages } = await run(
      app.url,
      anna.token,
      'query($id: ID!) { messages(chatId: $id) { edges { node { text } } } }',
      { id: chatId },
    )
    expect(messages.edges.map((edge: any) => edge.node.text)).toEqual(['мой номер 8 916', 'да?', 'ничего'])
  })

  it('sees a contact that an earlier message is made a part of, with what was said after it', async () => {
    const chatId = await createChat(app.url, [anna, dmitry])
    const { sent } = await send(app.url, anna.token, chatId, 'ок')
    expect((await send(app.url, anna.token, chatId, '123 45 67')).__typename).toBe('SendMessageSuccess')
    expect(await edit(app.url, anna.token, sent.id, 'ок, мой 8 916')).toEqual({
      __typename: 'ContactDataRefused',
      findings: [{ rule: 'split' }],
    })
    expect((await edit(app.url, anna.token, sent.id, 'ок, жду')).__typename).toBe('EditMessageSuccess')
  })

  it('sees a contact that two messages become parts of, one edit after the other', async () => {
    const chatId = await createChat(app.url, [anna, dmitry])
    const { sent: first } = await send(app.url, anna.token, chatId, 'ок')
    const { sent: last } = await send(app.url, anna.token, chatId, 'хорошо')
    expect((await edit(app.url, anna.token, first.id, 'ок 8 916')).__typename).toBe('EditMessageSuccess')
    expect((await edit(app.url, anna.token, last.id, '123 45 67')).__typename).toBe('ContactDataRefused')
    // What is said after a changed message goes on from it too.
    expect((await send(app.url, anna.token, chatId, '123 45 67')).__typename).toBe('ContactDataRefused')
  })

  it('lets one of two parts through when both are sent at once', async () => {
    const chatId = await createChat(app.url, [anna, dmitry])
    await send(app.url, anna.token, chatId, 'запиши мой телефон')
    const results = await Promise.all(['8 916', '123 45 67'].map((part) => send(app.url, anna.token, chatId, part)))
    expect(results.map((result) => result.__typename).sort()).not.toEqual(['SendMessageSuccess', 'SendMessageSuccess'])
  })
})

describe('GUARD_RULES', () => {
  it('warns of a rule, or switches it off, and never the base rule', async () => {
    const app = await startTestApp('sqlite', {
      env: { GUARD_RULES: '{"email.spoken": "warn", "link.*": "off", "handle.*": "off"}' },
    })
    const [anna, dmitry] = await Promise.all([person('anna'), person('dmitry')])
    const chatId = await createChat(app.url, [anna, dmitry])
    const spoken = 'ivanov собака mail точка ru'
    expect(await check(app.url, anna.token, chatId, spoken)).toMatchObject({
      allowed: true,
      findings: [{ kind: 'EMAIL', warning: true }],
    })
    expect((await send(app.url, anna.token, chatId, spoken)).__typename).toBe('SendMessageSuccess')
    expect((await send(app.url, anna.token, chatId, 'ivanov@mail.ru')).__typename).toBe('ContactDataRefused')
    await app.close()
  })

  it.each(['{', '[]', '{"base": "off"}', '{"no.such.rule": "off"}', '{"split": "maybe"}'])(
    'stops the start when it is %s',
    async (value) => {
      await expect(startTestApp('sqlite', { env: { GUARD_RULES: value } })).rejects.toThrow(/^GUARD_RULES: /)
    },
  )
})
