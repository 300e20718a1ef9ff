import { expect, test } from 'vitest'
import { Clocks } from '#core/contracts/project.ts'
import { expiredClock, type Watch } from '#core/decisions/expired-clock.ts'

const T0 = Date.parse('2026-03-02T12:00:00Z')
const CLOCKS = Clocks.parse({})

/** A watch whose every clock began at T0, but for the beats, which are accepted all the time. */
const watch = (stage: Watch['stage'], now: number, change: Partial<Watch>): Watch => ({
  stage,
  stageSince: T0,
  commands: 0,
  progressAt: now,
  armed: true,
  pollAt: undefined,
  toolAt: undefined,
  beatAt: now,
  ...change,
})

test.each<[string, stage: Watch['stage'], seconds: number, Partial<Watch>, Partial<Clocks>]>([
  ['worker.fenced', 'preparing', 90, { beatAt: T0 }, {}],
  ['worker.fenced', 'working', 90, { beatAt: T0, progressAt: T0, toolAt: T0 }, {}],
  ['worker.fenced', 'finishing', 90, { beatAt: T0 }, {}],
  ['stall.prepare', 'preparing', 900, {}, {}],
  ['stall.progress', 'working', 600, { progressAt: T0 }, {}],
  ['stall.tool', 'working', 1_800, { progressAt: T0, toolAt: T0 }, {}],
  ['turn.timed_out', 'working', 3_600, {}, {}],
  ['turn.timed_out', 'working', 3_600, { toolAt: T0 + 3_000_000 }, {}],
  ['stall.finish', 'verifying', 600, {}, {}],
  ['stall.finish', 'verifying', 1_800, { commands: 3 }, {}],
  ['stall.finish', 'finishing', 300, { commands: 3 }, {}],
  ['stall.progress', 'working', 0.5, { progressAt: T0 }, { progress: 0.5 }],
])('T2: %s in %s after %d s, and not before: %j', (fault, stage, seconds, change, clocks) => {
  const at = (now: number) => expiredClock({ ...CLOCKS, ...clocks }, watch(stage, now, change), now)
  expect(at(T0 + seconds * 1_000)).toBeUndefined()
  expect(at(T0 + seconds * 1_000 + 1)).toBe(fault)
})

test.each<[Partial<Clocks>, Partial<Watch>]>([
  [{ progress: 0 }, { progressAt: T0 }],
  [{ tool: 0 }, { toolAt: T0, progressAt: T0 }],
])('T2: 0 turns a clock off: %j', (clocks, change) => {
  const now = T0 + 3_600_000
  expect(expiredClock({ ...CLOCKS, ...clocks }, watch('working', now, change), now)).toBeUndefined()
})

test('T3: silence outside of the working stage is no stall', () => {
  const now = T0 + 800_000
  expect(expiredClock(CLOCKS, watch('preparing', now, { progressAt: T0 }), now)).toBeUndefined()
})

test.each<[string, string | undefined, Partial<Watch>]>([
  ['one call that only waits may take its time', undefined, { pollAt: T0, toolAt: T0 }],
  ['a loop of them at the edge', undefined, { pollAt: T0 + 600_000, toolAt: T0 + 600_000 }],
  ['a loop of them past it', 'stall.progress', { pollAt: T0 + 600_001, toolAt: T0 + 600_001 }],
  ['none after something new', undefined, { pollAt: undefined, toolAt: T0 + 600_001 }],
])('T3: polls are no progress: %s', (_when, fault, change) => {
  const now = T0 + 700_000
  expect(expiredClock(CLOCKS, watch('working', now, { progressAt: T0, ...change }), now)).toBe(
    fault,
  )
})

test('T2: nobody is silent before the agent is spawned, or while it is interrupted', () => {
  const now = T0 + 700_000
  const silent = watch('working', now, { progressAt: T0, armed: false })
  expect(expiredClock(CLOCKS, silent, now)).toBeUndefined()
})
