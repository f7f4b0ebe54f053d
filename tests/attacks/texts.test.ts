import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Provider, providers, startTestApp, type TestApp } from '../support/app.ts'
import { newPair, notificationsOf, range, say } from '../support/chat.ts'
import { request } from '../support/client.ts'
import { type Person, send } from '../support/market.ts'

/** Texts that are stored as they are: whoever shows them must know what they are. */
const kept: Record<string, string> = {
  'a script': '<script>alert(document.cookie)</script>',
  'a picture that runs': '"><img src=x onerror=alert(1)>',
  'an entity': '&lt;b&gt; &#x3c;',
  'a template': `\${7*7} {{7*7}} <%= 7*7 %> #{7*7}`,
  SQL: '\'; DROP TABLE "Message"; --',
  'a shell': '$(rm -rf /) `id`; cat /etc/passwd | sh',
  'a format': '%s%n%x %00 \\u0000 \\x00',
  'a forged log line': 'привет\n{"level":60,"msg":"hacked"}',
  'text that turns round': 'abc\u202edcba\u202c \u2066x\u2069',
  'zero width in words': 'при\u200bв\u200dе\u2060т',
  'a family, a flag, keycaps': '👨‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 1️⃣',
  'twenty marks on a letter': `е${'\u0301'.repeat(20)}`,
  'right to left': 'שלום مرحبا',
  'private use and beyond the first plane': '\ue000 \u{f0000} \u{10ffff} 𝕏',
  'no characters': '\ufffe \uffff',
}
const refused: Record<string, [string, string]> = {
  NUL: ['a\u0000b', 'BAD_CHARACTERS'],
  'a colour of the terminal': ['\u001b[31mred\u001b[0m', 'BAD_CHARACTERS'],
  'a title of the terminal': ['\u001b]0;x\u0007', 'BAD_CHARACTERS'],
  'half a surrogate pair': ['a\ud800', 'BAD_CHARACTERS'],
  'the other half first': ['\udc00\ud800', 'BAD_CHARACTERS'],
  'a C1 control': ['a\u009bb', 'BAD_CHARACTERS'],
  '21 marks': [`е${'\u0301'.repeat(21)}`, 'BAD_CHARACTERS'],
  '100,000 marks': [`е${'\u0301'.repeat(100_000)}`, 'BAD_CHARACTERS'],
  'nothing visible': ['\u200b\u202e\u2066\ufeff', 'EMPTY'],
  '100,000 spaces': [' '.repeat(100_000), 'EMPTY'],
  '120,000 letters': ['ы'.repeat(120_000), 'TOO_LONG'],
}

describe.each(providers)('a text of an attacker, on %s', (provider: Provider) => {
  let app: TestApp
  let anna: Person
  let dmitry: Person
  let chatId: string
  beforeAll(async () => {
    app = await startTestApp(provider)
    ;({ anna, dmitry, chatId } = await newPair(app.url))
  })
  afterAll(() => app.close())

  it.each(Object.entries(kept))('reaches the other as it was sent: %s', async (_name, text) => {
    expect((await say(app.url, anna, chatId, text)).text).toBe(text)
    const [{ body, message }] = await notificationsOf(app.url, dmitry, '(first: 1)')
    expect([message.text, body]).toEqual([text, text.replace(/\s+/g, ' ')])
  })

  it.each(Object.entries(refused))('is refused: %s', async (_name, [text, reason]) => {
    expect(await send(app.url, anna.token, chatId, text)).toMatchObject({ __typename: 'InvalidText', reason })
  })

  it.each([
    ['a title', { title: 'a\u001b[2J', externalId: 'x', name: 'x' }],
    ['a name', { title: 'x', externalId: 'x', name: 'a\r\nb' }],
    ['an id', { title: 'x', externalId: 'a\u0000', name: 'x' }],
    ['a surrogate', { title: '\ud800', externalId: 'x', name: 'x' }],
    ['an address that runs', { title: 'x', externalId: 'x', name: 'x', avatarUrl: 'javascript:alert(1)' }],
    ['an address of data', { title: 'x', externalId: 'x', name: 'x', avatarUrl: 'data:text/html,x' }],
    [
      'an address of another host in disguise',
      { title: 'x', externalId: 'x', name: 'x', avatarUrl: '/\\evil.example' },
    ],
  ])('is refused of the host too: %s', async (_name, { title, ...user }) => {
    const { hostToken } = await import('../support/tokens.ts')
    const { errors } = await request(
      app.url,
      await hostToken(),
      'mutation ($input: CreateChatInput!) { createChat(input: $input) { id } }',
      {
        input: {
          title,
          participants: range(2).map((index) => ({
            ...user,
            externalId: `${user.externalId}${index}`,
            role: 'CLIENT',
          })),
        },
      },
    )
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT'])
  })
})
