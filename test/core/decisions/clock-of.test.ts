import { expect, test } from 'vitest'
import { Clocks } from '#core/contracts/project.ts'
import { clockOf } from '#core/decisions/clock-of.ts'
import { FAULTS } from '#core/faults.ts'

const clocks = Clocks.parse({})

test.each([
  ['stall.progress', 'working', 'progress', 600],
  ['stall.tool', 'working', 'tool', 1_800],
  ['stall.prepare', 'preparing', 'prepare', 900],
  ['stall.finish', 'verifying', 'verify', 600],
  ['stall.finish', 'finishing', 'finish', 300],
  ['worker.never_started', undefined, 'start', 180],
  ['worker.unresponsive', 'working', 'fence', 180],
  ['worker.fenced', 'working', 'fence', 90],
  ['turn.timed_out', 'working', 'turn', 3_600],
])('T2: %s in %s is the clock %s with its limit', (fault, stage, clock, limitSeconds) => {
  expect(clockOf(fault, clocks, stage)).toMatchObject({ clock, limitSeconds })
})

test('T2: every stall has its clock, and what no clock finds has none', () => {
  for (const fault of Object.keys(FAULTS).filter((name) => name.startsWith('stall.')))
    expect(clockOf(fault, clocks, 'working')).toBeDefined()
  for (const fault of ['worker.lost', 'provider.auth', 'bug', 'toString', ''])
    expect(clockOf(fault, clocks, 'working')).toBeUndefined()
})
