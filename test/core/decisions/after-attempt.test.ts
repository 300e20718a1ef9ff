import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Completion } from '#core/contracts/completion.ts'
import { Retries } from '#core/contracts/project.ts'
import type { TurnOutcome } from '#core/contracts/turn.ts'
import {
  type AttemptEnd,
  afterAttempt,
  type EndedAttempt,
  type Following,
  RELAUNCHES,
} from '#core/decisions/after-attempt.ts'
import { FAULTS, type FaultClass } from '#core/faults.ts'
import type { Reason } from '#core/reasons.ts'

const RETRIES = Retries.parse({})

/** What follows an end, for a project with one model. */
const after = (
  end: AttemptEnd,
  failures: Record<string, number>,
  given: Partial<EndedAttempt> = {},
): Following =>
  afterAttempt({
    ...{ end, failures, retries: RETRIES, model: 0, models: 1, now: NOW, waitedSeconds: 0 },
    ...given,
  })

const NOW = Date.parse('2026-03-02T12:00:00Z')

/** What follows the n-th failure of one class. */
const nth = (fault: FaultClass, count: number, retries = RETRIES): Following =>
  after({ class: fault }, { [fault]: count }, { retries })

/** "Failure classes" of the behaviours: further attempts, then the turn's outcome and its reason. */
const TABLE: [FaultClass, tries: number, outcome: TurnOutcome, reason?: Reason][] = [
  ['stall.progress', 3, 'blocked', 'stall_restarts_exhausted'],
  ['stall.tool', 3, 'blocked', 'stall_restarts_exhausted'],
  ['stall.prepare', 2, 'blocked'],
  ['stall.finish', 2, 'blocked'],
  ['worker.never_started', 3, 'blocked'],
  ['worker.lost', 5, 'blocked'],
  ['worker.reclaimed', 5, 'blocked'],
  ['worker.host', 5, 'blocked'],
  ['worker.unresponsive', 3, 'blocked'],
  ['worker.fenced', 3, 'blocked'],
  ['worker.oom', 1, 'blocked'],
  ['worker.image', 0, 'blocked'],
  ['launch.quota', 0, 'blocked'],
  ['launch.capacity', 8, 'blocked'],
  ['launch.throttled', 8, 'blocked'],
  ['provider.auth', 0, 'blocked'],
  ['agent.config', 0, 'blocked'],
  ['agent.permission', 0, 'blocked'],
  ['model.unavailable', 0, 'blocked'],
  ['agent.context_full', 1, 'blocked'],
  ['agent.max_steps', 2, 'blocked'],
  ['agent.crashed', 2, 'blocked'],
  ['agent.no_output', 2, 'blocked'],
  ['agent.bad_stream', 2, 'blocked'],
  ['agent.no_completion', 1, 'failed'],
  ['agent.bad_completion', 1, 'failed'],
  ['workspace.clone', 3, 'blocked'],
  ['workspace.missing', 3, 'blocked'],
  ['workspace.setup', 1, 'blocked'],
  ['workspace.hook', 1, 'blocked'],
  ['workspace.too_large', 0, 'blocked'],
  ['workspace.unsafe', 0, 'failed'],
  ['turn.timed_out', 1, 'timed_out'],
  ['budget.exhausted', 0, 'budget'],
  ['cancelled', 0, 'cancelled'],
  ['bug', 0, 'failed'],
]

test.each(TABLE)('%s is tried %i more times, then the turn is %s', (fault, tries, outcome, why) => {
  for (let count = 1; count <= tries; count += 1)
    expect(nth(fault, count).verdict).toBe('retry_after')
  expect(nth(fault, tries + 1)).toEqual({ verdict: 'over', outcome, reason: why ?? fault })
})

test('T6: both kinds of stall spend from the same restarts', () => {
  const failures = { 'stall.progress': 2, 'stall.tool': 2 }
  expect(after({ class: 'stall.tool' }, failures)).toMatchObject({
    outcome: 'blocked',
    reason: 'stall_restarts_exhausted',
  })
})

test('T6: other failures leave the restarts of a stall alone', () => {
  const failures = { 'stall.tool': 3, 'worker.lost': 5, 'agent.crashed': 2 }
  expect(after({ class: 'stall.tool' }, failures).verdict).toBe('retry_after')
})

test.each([
  [0, 1],
  [5, 6],
])('T6: a project with %i stall restarts blocks at stall %i', (stalls, count) => {
  const retries = { ...RETRIES, stalls }
  expect(nth('stall.progress', count, retries)).toMatchObject({ outcome: 'blocked' })
  if (count > 1) expect(nth('stall.progress', count - 1, retries).verdict).toBe('retry_after')
})

describe('T6: the backoff doubles up to its cap, in whole seconds', () => {
  test.each<[FaultClass, Partial<Retries>, number[]]>([
    ['stall.progress', {}, [10, 20, 40]],
    ['stall.tool', { stalls: 9 }, [10, 20, 40, 80, 160, 300, 300, 300, 300]],
    ['stall.tool', { backoffSeconds: 0.2 }, [1, 1, 1]],
    ['launch.capacity', {}, [10, 20, 40, 80, 160, 300, 300, 300]],
    ['worker.lost', {}, [1, 2, 4, 8, 16]],
    ['launch.throttled', { backoffSeconds: 2, backoffCapSeconds: 5 }, [2, 4, 5, 5, 5, 5, 5, 5]],
  ])('%s with %j', (fault, change, seconds) => {
    const waits = seconds.map((_, index) => nth(fault, index + 1, { ...RETRIES, ...change }))
    expect(waits).toEqual(
      seconds.map((wait) => ({ verdict: 'retry_after', seconds: wait, model: 0 })),
    )
  })
})

test('at most 12 infrastructure relaunches a turn, over all classes', () => {
  const spent = { 'worker.lost': 4, 'worker.host': 4, 'launch.capacity': RELAUNCHES - 8 }
  expect(RELAUNCHES).toBe(12)
  expect(after({ class: 'worker.lost' }, spent).verdict).toBe('retry_after')
  const over = { ...spent, 'worker.lost': 5 }
  expect(after({ class: 'worker.lost' }, over)).toEqual({
    verdict: 'over',
    outcome: 'blocked',
    reason: 'worker.lost',
  })
})

test('whatever fails, a turn ends, and within 12 relaunches', () => {
  const faults = fc.constantFrom(...(Object.keys(FAULTS) as FaultClass[]))
  fc.assert(
    fc.property(fc.array(faults, { minLength: 200, maxLength: 200 }), (ends) => {
      const failures: Record<string, number> = {}
      let waitedSeconds = 0
      const over = ends.findIndex((end) => {
        failures[end] = (failures[end] ?? 0) + 1
        const following = after({ class: end }, failures, { waitedSeconds })
        if (following.verdict === 'wait') waitedSeconds += following.seconds
        return following.verdict === 'over'
      })
      const relaunched = ends.slice(0, over).filter((end) => /^(worker|launch)\./.test(end))
      expect(over).toBeGreaterThanOrEqual(0)
      expect(relaunched.length).toBeLessThanOrEqual(RELAUNCHES)
    }),
  )
})

describe('T14: an attempt with a completion ends its turn', () => {
  test.each<[Completion['status'], Partial<Completion>, Following]>([
    ['done', {}, { verdict: 'over', outcome: 'done' }],
    ['continue', {}, { verdict: 'over', outcome: 'done' }],
    ['blocked', {}, { verdict: 'over', outcome: 'blocked' }],
    ['failed', {}, { verdict: 'over', outcome: 'failed' }],
    ['partial', {}, { verdict: 'over', outcome: 'partial' }],
    ['failed', { retryable: true }, { verdict: 'over', outcome: 'failed' }],
    [
      'blocked',
      { failureClass: 'workspace.setup' },
      { verdict: 'over', outcome: 'blocked', reason: 'workspace.setup' },
    ],
    ['blocked', { failureClass: 'too_hard' }, { verdict: 'over', outcome: 'blocked' }],
  ])('%s %j', (status, more, following) => {
    const completion = { status, summary: 'It is so.', ...more }
    expect(after({ completion }, { 'agent.crashed': 2 })).toEqual(following)
  })
})

describe('T13: a model that cannot be had', () => {
  const HOUR = 3_600
  const wait = (seconds: number): Following => ({ verdict: 'wait', seconds, model: 0 })
  const next = (model: number): Following => ({ verdict: 'retry_after', seconds: 1, model })
  const over = (reason: Reason): Following => ({ verdict: 'over', outcome: 'blocked', reason })
  const at = (seconds: number) => ({ resetAt: NOW + seconds * 1_000 })

  test.each<[string, FaultClass, count: number, Partial<EndedAttempt>, Following]>([
    ['the next one of the chain first', 'provider.quota', 1, { models: 3 }, next(1)],
    ['then the one after', 'provider.overloaded', 2, { models: 3, model: 1 }, next(2)],
    ['then a wait', 'provider.quota', 3, { models: 3, model: 2 }, wait(60)],
    ['a wait, twice as long', 'provider.quota', 6, { models: 3, model: 2 }, wait(120)],
    ['no chain: a wait', 'provider.rate_limited', 1, { models: 0 }, wait(60)],
    ['twice as long each time', 'provider.rate_limited', 5, {}, wait(960)],
    ['until the known reset', 'provider.quota', 1, at(3_601.2), wait(3_602)],
    ['a reset that has passed', 'provider.quota', 1, at(-5), wait(1)],
    ['at most 6 h at a time', 'provider.quota', 1, at(8 * HOUR), wait(6 * HOUR)],
    ['12 h in all, to the end', 'provider.quota', 1, { waitedSeconds: 12 * HOUR - 9 }, wait(9)],
    ['12 h are spent', 'provider.quota', 1, { waitedSeconds: 12 * HOUR }, over('provider.quota')],
    ['a reset that comes too late', 'provider.quota', 1, at(13 * HOUR), over('provider.quota')],
    ['an unknown model: the next', 'model.unavailable', 1, { models: 2 }, next(1)],
    [
      'an unknown model: no next',
      'model.unavailable',
      2,
      { models: 2, model: 1 },
      over('model.unavailable'),
    ],
    ['a refused key never waits', 'provider.auth', 1, { models: 2 }, over('provider.auth')],
  ])('%s: %s for the %i. time, %j', (_what, fault, count, given, following) => {
    expect(after({ class: fault }, { [fault]: count }, given)).toEqual(following)
  })
})
