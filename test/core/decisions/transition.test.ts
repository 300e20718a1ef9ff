import { describe, expect, test } from 'vitest'
import { AttemptState } from '#core/contracts/attempt.ts'
import { CycleStatus } from '#core/contracts/cycle.ts'
import { PlanStatus } from '#core/contracts/plan.ts'
import { RunOutcome, RunStatus } from '#core/contracts/run.ts'
import { TurnOutcome } from '#core/contracts/turn.ts'
import { attemptEnded, runEnded, sourcesOf, TRANSITIONS } from '#core/decisions/transition.ts'

const ATTEMPT_ENDS = ['succeeded', 'failed', 'stalled', 'lost', 'cancelled', 'timed_out', 'budget']

describe('S2: nothing leaves a terminal state', () => {
  test.each([
    ['run', TRANSITIONS.run, RunOutcome.options],
    ['turn', TRANSITIONS.turn, TurnOutcome.options],
    ['attempt', TRANSITIONS.attempt, ATTEMPT_ENDS],
    ['plan', TRANSITIONS.plan, ['archived']],
    ['cycle', TRANSITIONS.cycle, ['delivered', 'closed', 'discarded']],
  ])('of a %s', (_noun, table, terminal) => {
    const ends = Object.entries(table).filter(([, to]) => to.length === 0)
    expect(ends.map(([from]) => from).sort()).toEqual([...terminal].sort())
  })

  test('and both questions about it agree with the tables', () => {
    expect(RunStatus.options.filter(runEnded)).toEqual(RunOutcome.options)
    expect(AttemptState.options.filter(attemptEnded)).toEqual(ATTEMPT_ENDS)
  })
})

test.each([
  ['run', TRANSITIONS.run, 'queued'],
  ['turn', TRANSITIONS.turn, 'running'],
  ['attempt', TRANSITIONS.attempt, 'launching'],
  ['plan', TRANSITIONS.plan, 'ready'],
  ['cycle', TRANSITIONS.cycle, 'active'],
] as const)('every state of a %s is reached from its first', (_noun, table, first) => {
  const reached = new Set<string>([first])
  for (const from of reached)
    for (const to of (table as Record<string, readonly string[]>)[from] ?? []) reached.add(to)
  expect([...reached].sort()).toEqual(Object.keys(table).sort())
})

test.each<[CycleStatus, CycleStatus[]]>([
  ['active', ['delivering']],
  ['delivering', ['active', 'in_review', 'conflicted']],
  ['in_review', ['delivering']],
  ['conflicted', ['delivering']],
  ['delivered', ['active', 'delivering', 'in_review']],
  ['closed', ['in_review']],
  ['discarded', ['active', 'conflicted']],
])('C6: a cycle becomes %s only from %j', (to, from) => {
  expect(sourcesOf(TRANSITIONS.cycle, to).sort()).toEqual(from.sort())
})

test.each<[PlanStatus, PlanStatus[]]>([
  ['ready', ['executing']],
  ['executing', ['ready', 'failed']],
  ['completed', ['executing']],
  ['failed', ['executing']],
  ['archived', ['ready', 'completed', 'failed']],
])('D6: a plan becomes %s only from %j', (to, from) => {
  expect(sourcesOf(TRANSITIONS.plan, to).sort()).toEqual(from.sort())
})

const WORKING: AttemptState[] = ['working', 'tool', 'nudged']

test.each<[AttemptState, AttemptState[]]>([
  ['launching', []],
  ['starting', ['launching']],
  ['preparing', ['launching', 'starting']],
  ['tool', ['preparing', 'working', 'nudged']],
  ['nudged', ['working', 'tool']],
  ['working', ['preparing', 'tool', 'nudged']],
  ['verifying', ['preparing', ...WORKING]],
  ['finishing', ['preparing', 'verifying', ...WORKING]],
  ['succeeded', ['finishing']],
  ['lost', ['launching', 'starting', 'preparing', 'verifying', 'finishing', ...WORKING]],
])('T1: an attempt becomes %s only from %j', (to, from) => {
  expect(sourcesOf(TRANSITIONS.attempt, to).sort()).toEqual(from.sort())
})

test('every contract has its table', () => {
  expect(Object.keys(TRANSITIONS.run)).toEqual(RunStatus.options)
  expect(Object.keys(TRANSITIONS.attempt)).toEqual(AttemptState.options)
  expect(Object.keys(TRANSITIONS.plan)).toEqual(PlanStatus.options)
  expect(Object.keys(TRANSITIONS.cycle).sort()).toEqual([...CycleStatus.options].sort())
})
