import { expect, test } from 'vitest'
import { ModelUsage, type Usage } from '#core/contracts/usage.ts'
import { attemptCost } from '#core/decisions/cost.ts'

const model = (usd?: number) =>
  ModelUsage.parse({ inputTokens: 5, ...(usd !== undefined && { usd }) })
const CODING = { phase: 'code', acts: ['Edit README.md'] }

test.each<[string, Usage, { phase: string; acts: string[] }, { usd: number; known: boolean }]>([
  [
    'the cost of every model is known',
    { a: model(0.5), b: model(0.25) },
    CODING,
    { usd: 0.75, known: true },
  ],
  ['it was free', { a: model(0) }, CODING, { usd: 0, known: true }],
  ['one model did not say', { a: model(0.5), b: model() }, CODING, { usd: 1, known: false }],
  [
    'one did not say, the other was dear',
    { a: model(7), b: model() },
    CODING,
    { usd: 7, known: false },
  ],
  ['nothing was said of work that was seen', {}, CODING, { usd: 1, known: false }],
  ['the agent never came to work', {}, { phase: 'code', acts: [] }, { usd: 0, known: true }],
  ['there was no agent', {}, { phase: 'prove', acts: [] }, { usd: 0, known: true }],
])(
  'G10, T12: an attempt is known or taken for 1 usd, never for 0: %s',
  (_when, usage, attempt, cost) => {
    expect(attemptCost(usage, attempt)).toEqual(cost)
  },
)
