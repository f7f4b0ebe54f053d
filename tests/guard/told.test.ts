import { describe, expect, it } from 'vitest'
import { findContacts } from '../../api/guard/guard.ts'

const found = (text: string) =>
  findContacts(text, { recentTexts: [] }).map(({ rule, start, end }) => [rule, text.slice(start, end)])

describe('an answer beside a call', () => {
  it.each([
    'Если что, звонок через час. Ответ: 89161234',
    'Звонок был, у меня ответ: 89161234',
    'Итого: 8916123, наберите в ворде',
  ])('passes: %s', (text) => expect(found(text)).toEqual([]))

  it('is no answer where it is the number that is to be called', () => {
    expect(found('звоните 89161234')).toEqual([['phone.cued', '89161234']])
  })
})

describe('what is spelled by letter', () => {
  it.each([
    ['пишите: a n n a @ m a i l . r u до вечера', 'email.address', 'a n n a @ m a i l . r u'],
    ['сайт a n n a m a t h . r u, цены там', 'link.domain', 'a n n a m a t h . r u'],
    ['тг a-n-n-a-m-a-t-h', 'handle.messenger', 'тг a-n-n-a-m-a-t-h'],
  ])('is underlined as it was written: %s', (text, rule, part) => {
    expect(found(text)).toEqual([[rule, part]])
  })

  it.each(['варианты: a b c d e f g', 'H e l l o разрядкой', 'шифр Цезаря: a-b-c-d-e-f-g'])('passes: %s', (text) => {
    expect(found(text)).toEqual([])
  })
})

describe('an account number', () => {
  it('is told by its check digits', () => {
    expect(found('кидай на DE89 3704 0044 0532 0130 00 вечером')).toEqual([
      ['card.account', 'DE89 3704 0044 0532 0130 00'],
    ])
    expect(found('код DE88 3704 0044 0532 0130 00 в задаче')).toEqual([])
  })
})
