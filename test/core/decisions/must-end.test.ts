import { describe, expect, test } from 'vitest'
import { Clocks } from '#core/contracts/project.ts'
import { type Look, mustEnd } from '#core/decisions/must-end.ts'

const NOW = 1_000_000_000
const WATCH = {
  stage: 'working',
  stageSince: NOW,
  commands: 0,
  progressAt: NOW,
  armed: true,
  pollAt: undefined,
  toolAt: undefined,
  beatAt: NOW,
} as const
const LOOK: Look = {
  now: NOW,
  clocks: Clocks.parse({}),
  watch: WATCH,
  usd: 0,
  usdLeft: 10,
  tokens: 0,
  tokensLeft: undefined,
  deadline: NOW,
}

describe('what ends an attempt', () => {
  test.each<[string, Partial<Look>, string | undefined]>([
    ['nothing', {}, undefined],
    ['a cent under the budget goes on (T12)', { usd: 9.99 }, undefined],
    ['the budget, reached (T12)', { usd: 10 }, 'budget.exhausted'],
    ['no budget left, and nothing said to be spent, goes on', { usdLeft: 0 }, undefined],
    ['a token under the budget goes on (T12)', { tokens: 99, tokensLeft: 100 }, undefined],
    ['the tokens, reached (T12)', { tokens: 100, tokensLeft: 100 }, 'budget.exhausted'],
    ['the deadline, passed (S5)', { now: NOW + 1 }, 'turn.timed_out'],
    ['an expired clock (T2)', { watch: { ...WATCH, progressAt: NOW - 600_001 } }, 'stall.progress'],
  ])('%s', (_, set, expected) => {
    expect(mustEnd({ ...LOOK, ...set })).toBe(expected)
  })
})
