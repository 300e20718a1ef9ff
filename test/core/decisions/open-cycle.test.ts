import { expect, test } from 'vitest'
import { CycleStatus } from '#core/contracts/cycle.ts'
import { openCycle } from '#core/decisions/open-cycle.ts'

test.each(CycleStatus.options)(
  'C1: a cycle that is %s is reused only when it is active',
  (status) => {
    const reused = openCycle({ cycle: { status }, baseIsAncestor: true })
    expect(reused).toBe(status === 'active' ? 'reuse' : 'new')
  },
)

test('C1: a cycle whose base left the history of the origin is not reused', () => {
  expect(openCycle({ cycle: { status: 'active' }, baseIsAncestor: false })).toBe('new')
})

test('C1: a project without a cycle gets one', () => {
  expect(openCycle({ cycle: undefined, baseIsAncestor: true })).toBe('new')
})
