// @vitest-environment happy-dom
import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import type { Refusal } from '../../client/messages/refusal.ts'
import { RefusalAlert } from '../../client/messages/refusal-alert.tsx'
import { renderIn } from './support/render.tsx'

it('gives each reason once, with every different place it holds for', () => {
  const text = '+7 916, ivan@mail.ru, +7 916 или +7 926'
  const at = (fragment: string, message: string, from = 0) => {
    const start = text.indexOf(fragment, from)
    return { rule: 'any', kind: 'PHONE' as const, message, start, end: start + fragment.length }
  }
  const refusal = {
    __typename: 'ContactDataRefused',
    message: 'Контактные данные запрещены',
    findings: [
      at('+7 916', 'Номер телефона'),
      at('ivan@mail.ru', 'Почта'),
      at('+7 916', 'Номер телефона', 10),
      at('+7 926', 'Номер телефона'),
    ],
    text,
  } as Refusal
  renderIn('ru', <RefusalAlert refusal={refusal} />)
  const reasons = screen.getAllByRole('listitem').map(({ textContent }) => textContent)
  expect(reasons).toEqual(['+7 916, +7 926 — Номер телефона', 'ivan@mail.ru — Почта'])
})
