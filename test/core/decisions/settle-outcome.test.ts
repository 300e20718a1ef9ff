import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Phase } from '#core/contracts/phase.ts'
import { RunOutcome } from '#core/contracts/run.ts'
import { TurnStatus } from '#core/contracts/turn.ts'
import {
  AUTO_PAUSE_AT,
  failuresAfter,
  planAfter,
  type RunFacts,
  type Settled,
  settleOutcome,
} from '#core/decisions/settle-outcome.ts'
import type { Reason } from '#core/reasons.ts'

type Turns = RunFacts['turns']

const FACTS: RunFacts = {
  cancelled: false,
  error: undefined,
  planned: true,
  proposedOnly: false,
  loopEnd: undefined,
  turns: [],
  proved: undefined,
  pastDeadline: false,
}
const discovered: Turns = [{ phase: 'discovery', status: 'done' }]
const audited: Turns = [
  ...discovered,
  { phase: 'code', status: 'done' },
  { phase: 'final_audit', status: 'done' },
]
const complete: Turns = [
  ...audited,
  { phase: 'prove', status: 'done' },
  { phase: 'report', status: 'done' },
]
const coded = (status: TurnStatus, reason?: Reason): Turns => [
  ...discovered,
  { phase: 'code', status, reason },
]
const asked = (status: TurnStatus, reason?: Reason): Turns => [
  ...discovered,
  { phase: 'code', status: 'done' },
  { phase: 'audit', status, reason },
]

type Row = [
  when: string,
  facts: Partial<RunFacts>,
  settled: Settled,
  plan: string,
  failures: number,
]

/** "From attempt to plan" of the behaviours; the count of G14 was 2 before. */
const ROWS: Row[] = [
  ['done and proved', { turns: complete, proved: true }, { outcome: 'executed' }, 'completed', 0],
  [
    'done, the proof short (E12)',
    { turns: complete, proved: false },
    { outcome: 'executed', attention: 'not_proved' },
    'completed',
    2,
  ],
  [
    'done, the report failed (R1)',
    {
      turns: [...complete.slice(0, -1), { phase: 'report', status: 'failed', reason: 'bug' }],
      proved: true,
    },
    { outcome: 'executed' },
    'completed',
    0,
  ],
  ['no plan', { turns: discovered, planned: false }, { outcome: 'no_plan' }, 'failed', 0],
  [
    'a plan that awaits a person',
    { turns: discovered, proposedOnly: true },
    { outcome: 'proposed' },
    'ready',
    0,
  ],
  [
    'blocked',
    { turns: coded('blocked', 'provider.auth') },
    { outcome: 'blocked', reason: 'provider.auth' },
    'failed',
    3,
  ],
  [
    'stalls (T6)',
    { turns: coded('blocked', 'stall_restarts_exhausted') },
    { outcome: 'blocked', reason: 'stall_restarts_exhausted' },
    'failed',
    3,
  ],
  ['partial', { turns: coded('partial') }, { outcome: 'exhausted' }, 'failed', 3],
  [
    'the turns of E5 spent',
    { turns: audited, loopEnd: 'turns' },
    { outcome: 'exhausted', reason: 'turns' },
    'failed',
    3,
  ],
  [
    'budget',
    { turns: coded('budget', 'budget.exhausted') },
    { outcome: 'budget_exhausted', reason: 'budget.exhausted' },
    'failed',
    2,
  ],
  [
    "the run's deadline (S5)",
    { turns: coded('timed_out', 'deadline'), pastDeadline: true },
    { outcome: 'timed_out', reason: 'deadline' },
    'failed',
    3,
  ],
  [
    "a turn's clock",
    { turns: coded('timed_out', 'turn.timed_out') },
    { outcome: 'timed_out', reason: 'turn.timed_out' },
    'failed',
    3,
  ],
  [
    'past the deadline with good work',
    { turns: complete, proved: true, pastDeadline: true },
    { outcome: 'executed' },
    'completed',
    0,
  ],
  [
    'cancel',
    { turns: coded('running'), cancelled: true, error: 'States.TaskFailed' },
    { outcome: 'cancelled' },
    'ready',
    2,
  ],
  [
    'a bug in a turn',
    { turns: coded('failed', 'bug') },
    { outcome: 'failed', reason: 'bug' },
    'failed',
    3,
  ],
  [
    'a workflow that broke',
    { turns: complete, error: 'States.Timeout', proved: true },
    { outcome: 'failed', reason: 'bug' },
    'failed',
    3,
  ],
  [
    'a turn that nobody ended',
    { turns: coded('running') },
    { outcome: 'failed', reason: 'unfinished' },
    'failed',
    3,
  ],
  [
    'a loop that stopped before its proof',
    { turns: audited },
    { outcome: 'failed', reason: 'unfinished' },
    'failed',
    3,
  ],
  [
    'no turn at all',
    { turns: [], planned: true },
    { outcome: 'failed', reason: 'unfinished' },
    'failed',
    3,
  ],
  [
    'an audit that the agent could not do (E9)',
    { turns: asked('failed', 'agent.no_completion') },
    { outcome: 'blocked', reason: 'agent.no_completion' },
    'failed',
    3,
  ],
  ['an audit that gave up (E9)', { turns: asked('failed') }, { outcome: 'blocked' }, 'failed', 3],
  [
    'a workflow that ended under a class of the table',
    { turns: complete, error: 'service.unavailable', proved: true },
    { outcome: 'failed', reason: 'service.unavailable' },
    'failed',
    3,
  ],
  [
    'a bug in an audit',
    { turns: asked('failed', 'bug') },
    { outcome: 'failed', reason: 'bug' },
    'failed',
    3,
  ],
  [
    'a coding turn that gave up',
    { turns: coded('failed', 'agent.no_completion') },
    { outcome: 'failed', reason: 'agent.no_completion' },
    'failed',
    3,
  ],
]

test.each(ROWS)('from attempt to plan, %s', (_when, facts, settled, plan, failures) => {
  const ended = settleOutcome({ ...FACTS, ...facts })
  expect(ended).toEqual(settled)
  expect(planAfter(ended.outcome)).toBe(plan)
  expect(failuresAfter(2, ended)).toBe(failures)
})

test('G14: a project is paused at the third failure in a row', () => {
  expect(AUTO_PAUSE_AT).toBe(3)
})

test('S2: whatever the facts, a run ends as one of the outcomes', () => {
  const turns = fc.array(
    fc.record({
      phase: fc.constantFrom(...Phase.options),
      status: fc.constantFrom(...TurnStatus.options),
    }),
  )
  const facts = fc.record({
    cancelled: fc.boolean(),
    error: fc.option(fc.constant('bug'), { nil: undefined }),
    planned: fc.boolean(),
    proposedOnly: fc.boolean(),
    loopEnd: fc.option(fc.constant('turns'), { nil: undefined }),
    turns,
    proved: fc.option(fc.boolean(), { nil: undefined }),
    pastDeadline: fc.boolean(),
  })
  fc.assert(
    fc.property(facts, (given) => {
      const { outcome } = settleOutcome(given)
      expect(RunOutcome.options).toContain(outcome)
      if (outcome === 'executed')
        expect(given.turns.findLast(({ phase }) => phase !== 'report')).toEqual({
          phase: 'prove',
          status: 'done',
        })
    }),
  )
})
