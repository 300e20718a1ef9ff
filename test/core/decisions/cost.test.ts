import { expect, test } from 'vitest'
import type { Phase } from '#core/contracts/phase.ts'
import { ModelUsage, type Usage } from '#core/contracts/usage.ts'
import { attemptCost, phaseAverages } from '#core/decisions/cost.ts'

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
    expect(attemptCost(usage, attempt, undefined)).toEqual(cost)
  },
)

test('T12: what is not known is taken for the average of its phase', () => {
  expect(attemptCost({}, CODING, 0.4)).toEqual({ usd: 0.4, known: false })
  expect(attemptCost({ a: model(0.9), b: model() }, CODING, 0.4).usd).toBe(0.9)
  expect(attemptCost({}, CODING, 0)).toEqual({ usd: 1, known: false })
})

test('T12: averages move with every attempt whose cost was said, by phase', () => {
  const said = (phase: Phase, ...usd: (number | undefined)[]) => ({
    phase,
    usage: Object.fromEntries(usd.map((one, index) => [`m${index}`, model(one)])),
  })
  const averages = phaseAverages({ audit: 1 }, [
    said('code', 1),
    said('code', 2),
    said('code', 3, undefined),
    said('audit', 2),
    said('report'),
  ])
  expect(averages).toEqual({ code: expect.closeTo(1.3), audit: expect.closeTo(1.3) })
})
