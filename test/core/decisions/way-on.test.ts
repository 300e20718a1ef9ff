import { describe, expect, test } from 'vitest'
import { type Run, RunOutcome, RunStatus } from '#core/contracts/run.ts'
import { wayOn } from '#core/decisions/way-on.ts'
import { FAULTS } from '#core/faults.ts'
import { Reason } from '#core/reasons.ts'

const ended = (status: RunStatus, set: Partial<Run> = {}) => wayOn({ id: 'run-1', status, ...set })
const STOPPED: readonly RunOutcome[] = RunOutcome.options.filter(
  (it) => !['executed', 'no_plan', 'proposed', 'cancelled'].includes(it),
)
const REASONS = [...Reason.options, undefined]

describe.each(STOPPED)('a run that ended as %s', (status) => {
  test.each(REASONS)('for %s says how to go on, and resume does it (D6)', (reason) => {
    const { remedy, command } = ended(status, reason === undefined ? {} : { reason })
    expect(remedy).toMatch(/^[A-Z].+\.$/)
    expect(command).toBe('vigil resume run-1')
  })
})

test.each(Object.entries(FAULTS))('%s has the remedy of its class', (name, { remedy }) => {
  expect(ended('blocked', { reason: Reason.parse(name) }).remedy).toBe(remedy)
})

test.each<[RunStatus, Partial<Run>, string | undefined]>([
  ['queued', {}, 'vigil watch run-1'],
  ['running', {}, 'vigil watch run-1'],
  ['executed', { cycleId: 'cycle-1' }, 'vigil apply cycle-1'],
  ['executed', { cycleId: 'cycle-1', attention: 'not_proved' }, 'vigil apply cycle-1'],
  ['no_plan', {}, undefined],
  ['proposed', { planId: 'plan-1' }, 'vigil approve plan-1'],
  ['cancelled', { planId: 'plan-1' }, 'vigil approve plan-1'],
  ['cancelled', {}, 'vigil run'],
])('a run that is %s with %o goes on with: %s', (status, set, command) => {
  expect(ended(status, set).command).toBe(command)
})

test('work that is not proved is said to be looked at first (E12)', () => {
  expect(ended('executed', { attention: 'not_proved' }).remedy).toContain('not proved')
})

test('every state of a run has a way on', () => {
  for (const status of RunStatus.options) expect(ended(status).remedy).toMatch(/^[A-Z].+\.$/)
})
