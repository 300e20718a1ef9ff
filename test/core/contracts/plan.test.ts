import { describe, expect, test } from 'vitest'
import { Check, PlanProposal, Section } from '#core/contracts/plan.ts'
import { aPlan, aSection } from './a-plan.ts'

const of = (length: number, item: string) => Array.from({ length }, () => item)
const check = { command: 'npm test', expect: 'stays_green' as const, files: [] }

describe('D2: a proposal may be as large as this, and no larger', () => {
  test.each<[string, atLimit: Partial<PlanProposal>, over: Partial<PlanProposal>]>([
    ['title', { title: 'x'.repeat(120) }, { title: 'x'.repeat(121) }],
    ['title', { title: 'x' }, { title: '' }],
    ['summary', { summary: 'x'.repeat(200) }, { summary: 'x'.repeat(201) }],
    ['summary', { summary: 'one paragraph' }, { summary: 'two\nparagraphs' }],
    ['dedupeKey', { dedupeKey: 'a-1' }, { dedupeKey: 'a1' }],
    ['dedupeKey', { dedupeKey: 'x'.repeat(80) }, { dedupeKey: 'x'.repeat(81) }],
    ['dedupeKey', { dedupeKey: 'links' }, { dedupeKey: 'Links' }],
    ['dedupeKey', { dedupeKey: 'links' }, { dedupeKey: 'links\n' }],
    ['contextSignals', { contextSignals: ['x'] }, { contextSignals: [] }],
    ['steps', { steps: ['x'] }, { steps: [] }],
    ['steps', { steps: of(30, 'x') }, { steps: of(31, 'x') }],
    ['sections', { sections: Array(8).fill(aSection) }, { sections: Array(9).fill(aSection) }],
    ['verification', { verification: [check] }, { verification: [] }],
  ])('%s', (field, atLimit, over) => {
    expect(PlanProposal.safeParse(aPlan(atLimit)).success).toBe(true)
    const { error } = PlanProposal.safeParse(aPlan(over))
    expect(error?.issues.map(({ path }) => path[0])).toEqual([field])
  })
})

test('D2: a bad proposal is refused with all its reasons', () => {
  const { error } = PlanProposal.safeParse({ ...aPlan(), title: '', steps: [], risk: 'none' })
  expect(error?.issues.map(({ path }) => path[0])).toEqual(['title', 'steps', 'risk'])
})

test.each([
  ['a proposal', PlanProposal, aPlan()],
  ['a section', Section, aSection],
  ['a check', Check, check],
])('%s with a key that nobody knows is refused', (_noun, contract, value) => {
  expect(contract.safeParse(value).success).toBe(true)
  const { error } = contract.safeParse({ ...value, id: 'plan-7' })
  expect(error?.issues).toMatchObject([{ code: 'unrecognized_keys', keys: ['id'] }])
})

test.each(['red', 'green_to_red', ''])('E12: a check cannot expect "%s"', (expects) => {
  expect(Check.safeParse({ ...check, expect: expects }).success).toBe(false)
})
