import { expect, it } from 'vitest'
import { previewOf } from '../../client/chats/preview.ts'

it.each([
  ['Смотрите `df.head()`', 'Смотрите df.head()'],
  ['Вот:\n```\nlet a = 1\n  a += 1\n```\nтак', 'Вот: let a = 1 a += 1 так'],
  // A preview that was cut short of the end of its code.
  ['```py\nprint(1', 'py print(1'],
  ['```', '```'],
])('previews %j as %j', (text, preview) => {
  expect(previewOf(text)).toBe(preview)
})
