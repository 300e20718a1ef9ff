import { expect, test } from 'vitest'
import { admitAttempt } from '#core/decisions/admit-attempt.ts'

const FINE = { cancelled: false, pastDeadline: false, usdLeft: 0.01 }
const SPENT = { outcome: 'budget', reason: 'budget.exhausted' }

test.each([
  ['a cent is left', {}, undefined],
  ['T12: nothing is left', { usdLeft: 0 }, SPENT],
  ['T12: no token is left', { tokensLeft: 0 }, SPENT],
  ['T12: more was spent than there was', { usdLeft: -3 }, SPENT],
  [
    'S5: the deadline is past',
    { pastDeadline: true },
    { outcome: 'timed_out', reason: 'deadline' },
  ],
  [
    'S1: it is cancelled',
    { cancelled: true, pastDeadline: true, usdLeft: 0 },
    { outcome: 'cancelled' },
  ],
])('an attempt starts unless it may not: %s', (_when, change, refusal) => {
  expect(admitAttempt({ ...FINE, ...change })).toEqual(refusal)
})
