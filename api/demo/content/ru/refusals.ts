import type { DemoRefusals } from '../types.ts'

/** What the guard refused in the days before the demo began; each text for one reason. */
export const ruRefusals: readonly DemoRefusals[] = [
  { daysAgo: 6, kind: 'PHONE', count: 1 },
  { daysAgo: 5, kind: 'PHONE', count: 2 },
  { daysAgo: 5, kind: 'HANDLE', count: 1 },
  { daysAgo: 4, kind: 'INVITATION', count: 2 },
  { daysAgo: 3, kind: 'PHONE', count: 3 },
  { daysAgo: 3, kind: 'EMAIL', count: 1 },
  { daysAgo: 2, kind: 'HANDLE', count: 2 },
  { daysAgo: 2, kind: 'LINK', count: 1 },
  { daysAgo: 1, kind: 'PHONE', count: 4 },
  { daysAgo: 1, kind: 'INVITATION', count: 3 },
  { daysAgo: 1, kind: 'CARD', count: 1 },
  { daysAgo: 1, kind: 'EMAIL', count: 1 },
  { daysAgo: 0, kind: 'PHONE', count: 1 },
  { daysAgo: 0, kind: 'BASE_RULE', count: 1 },
]
