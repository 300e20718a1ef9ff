import { describe, expect, test } from 'vitest'
import { Attempt } from '#core/contracts/attempt.ts'
import { Event } from '#core/contracts/event.ts'
import { ProjectConfig } from '#core/contracts/project.ts'
import { Run } from '#core/contracts/run.ts'
import { Turn } from '#core/contracts/turn.ts'
import { explainRun } from '#core/decisions/explain-run.ts'

/** So many seconds after the run began. */
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 31, 12) + seconds * 1000).toISOString()

const config = ProjectConfig.parse({ source: { location: '/r' }, clocks: { progress: 30 } })
const RUN = {
  id: 'run-1',
  projectId: 'demo',
  fireId: 'fire-1',
  trigger: 'manual',
  actor: 'ada',
  forced: [],
  status: 'blocked',
  reason: 'stall_restarts_exhausted',
  config,
  sequence: 9,
  turns: 1,
  attempts: 1,
  usd: 0.4,
  createdAt: at(0),
  endedAt: at(190),
  deadlineAt: at(3_600),
}
const TURN = {
  id: 'run-1-t1',
  runId: 'run-1',
  projectId: 'demo',
  number: 1,
  phase: 'code',
  section: 1,
  status: 'blocked',
  reason: 'stall_restarts_exhausted',
  attempts: 1,
  failures: {},
  startedAt: at(1),
  endedAt: at(180),
}
const attempt = (number: number, set: Record<string, unknown> = {}) =>
  Attempt.parse({
    id: `run-1-t1-a${number}`,
    runId: 'run-1',
    turnId: 'run-1-t1',
    projectId: 'demo',
    number,
    phase: 'code',
    state: 'stalled',
    class: 'stall.progress',
    fencingToken: number,
    stage: 'working',
    stageSince: at(10),
    acts: [{ at: at(20), what: 'Bash npm\ntest' }],
    runtime: 'claude',
    launchedAt: at(2),
    endedAt: at(56),
    ...set,
  })
const event = (set: Record<string, unknown>) =>
  Event.parse({ runId: 'run-1', sequence: 1, at: at(50), actor: 'x', turnId: 'run-1-t1', ...set })

interface Given {
  run?: Record<string, unknown>
  turn?: Record<string, unknown> | null
  attempts?: Attempt[]
  events?: Event[]
  plan?: boolean
}

const told = ({ run, turn = {}, attempts = [attempt(1)], events = [], plan = true }: Given = {}) =>
  explainRun({
    run: Run.parse({ ...RUN, ...run }),
    plan: plan ? { id: 'plan-1', title: 'Mend a link', sections: 3, sectionsDone: 1 } : undefined,
    turns: turn === null ? [] : [Turn.parse({ ...TURN, ...turn })],
    attempts: turn === null ? [] : attempts,
    events,
    now: Date.parse(at(300)),
  })

const STALLED = event({ kind: 'attempt.stalled', attemptId: 'run-1-t1-a1', at: at(51) })

describe('the story of a run tells', () => {
  test.each<[what: string, given: Given, says: RegExp]>([
    ['what it set out to do', {}, /set out to: Mend a link \(plan-1, 1 of 3 sections done\)/],
    ['who set it off', { run: { forced: ['cooldown'] } }, /by ada \(manual\).*past.*cooldown/],
    ['its task', { run: { task: 'mend\nit' } }, /told to: mend it$/m],
    ['where it goes on', { run: { resumes: 'run-0' } }, /where run-0 had stopped/],
    ['that it had no plan', { plan: false }, /it had no plan/],
    ['its turns', {}, /^1\. code, section 2: blocked \(stall_.*\), 2 min 59 s, 1 attempt$/m],
    ['how long an attempt took', {}, /attempt 1 \(54 s\): stalled, stall\.progress\./],
    [
      'which clock, its limit and how long the silence was',
      { events: [STALLED] },
      /clock progress gives 30 s for an event from the agent; it was over after 31 s of silence/,
    ],
    ['the last act', {}, /Its last act: “Bash npm test”\./],
    [
      'a nudge',
      { events: [event({ kind: 'attempt.nudged', attemptId: 'run-1-t1-a1' })] },
      /asked to go on in its session/,
    ],
    [
      'that it only waited',
      { events: [event({ kind: 'attempt.busy_waited', attemptId: 'run-1-t1-a1' })] },
      /only slept and polled/,
    ],
    [
      'a budget that runs out',
      {
        events: [
          event({
            kind: 'budget.warned',
            attemptId: 'run-1-t1-a1',
            facts: { usd: 8, usdLeft: 10 },
          }),
        ],
      },
      /spent 8\.00 of the 10\.00 usd left/,
    ],
    [
      'a relaunch after its backoff, from the last checkpoint',
      {
        attempts: [
          attempt(1, { checkpoint: { key: 'k', commit: 'c' } }),
          attempt(2, { launchedAt: at(66) }),
        ],
      },
      /→ after a pause of 10 s it was tried again, from its last checkpoint/,
    ],
    [
      'the next model',
      {
        attempts: [
          attempt(1, { state: 'failed', class: 'model.unavailable', model: 'large' }),
          attempt(2, { model: 'small', launchedAt: at(57) }),
        ],
      },
      /tried again, with the next model, small/,
    ],
    [
      'a larger size, on demand',
      {
        attempts: [
          attempt(1, { state: 'lost', class: 'worker.oom' }),
          attempt(2, {
            placement: { onDemand: true, size: { cpu: '2048', memory: '8192' } },
            launchedAt: at(57),
          }),
        ],
      },
      /, on demand, at a larger size \(2048 CPU units, 8192 MiB\)/,
    ],
    [
      'a wait for the provider',
      {
        attempts: [
          attempt(1, { state: 'failed', class: 'provider.rate_limited' }),
          attempt(2, { launchedAt: at(120) }),
        ],
        events: [
          event({
            kind: 'provider.waited',
            at: at(56),
            reason: 'provider.rate_limited',
            facts: { until: at(116) },
          }),
        ],
      },
      /→ it waited for the provider \(provider\.rate_limited\) until 2026.*\n +→ then it was tried again/,
    ],
    [
      "the run's deadline",
      {
        run: { deadlineAt: at(50) },
        attempts: [attempt(1, { state: 'timed_out', class: 'turn.timed_out' })],
      },
      /timed out, turn\.timed_out\. The run's own deadline had come/,
    ],
    [
      'the clock of the whole turn',
      { attempts: [attempt(1, { state: 'timed_out', class: 'turn.timed_out' })] },
      /clock turn gives 1 h for the whole turn of the agent; it was over after 46 s in that stage/,
    ],
    ['a worker that never started', neverStarted(), /clock start gives 3 min.*over after 3 min/],
    ['what it cost', {}, /cost 0\.40 of 10\.00 usd, 1 turn, 1 attempt, 3 min 10 s\./],
    [
      'waits and estimates in it',
      { run: { usdEstimated: true, waitedSeconds: 60 } },
      /partly estimated.*, 1 min of it waiting for providers/,
    ],
    ['how it ended and why', {}, /^It ended as blocked: stall_restarts_exhausted\.$/m],
    ['what to do', {}, /^What to do: The agent went silent.*\nGo on with: vigil resume run-1$/m],
    [
      'what the sweeper corrected',
      { events: [event({ kind: 'sweep.corrected', reason: 'settled', turnId: undefined })] },
      /sweeper.*corrected it: settled/,
    ],
    [
      'who cancelled it',
      {
        events: [event({ kind: 'run.cancel_requested', turnId: undefined, facts: { by: 'ada' } })],
      },
      /^ada cancelled it\.$/m,
    ],
    ['that nothing began', { turn: null }, /No turn of it has begun/],
  ])('%s', (_, given, says) => {
    expect(told(given).lines.join('\n')).toMatch(says)
  })
})

function neverStarted(): Given {
  const set = {
    class: 'worker.never_started',
    state: 'lost',
    stage: undefined,
    stageSince: undefined,
  }
  return { attempts: [attempt(1, { ...set, acts: [], endedAt: at(182) })] }
}

test('a turn that went well is one line', () => {
  const lines = told({
    turn: { status: 'done', reason: undefined, verdict: 'clean', phase: 'audit' },
    attempts: [attempt(1, { state: 'succeeded', class: undefined })],
  }).lines.filter((line) => /audit|attempt 1/.test(line))
  expect(lines).toEqual(['1. audit, section 2: done, clean, 2 min 59 s, 1 attempt'])
})

test('a run that is going says what it does and since when', () => {
  const live = { state: 'working', class: undefined, endedAt: undefined }
  const text = told({
    run: { status: 'running', reason: undefined, endedAt: undefined },
    turn: { status: 'running', reason: undefined, endedAt: undefined },
    attempts: [attempt(1, live)],
  }).lines.join('\n')
  expect(text).toMatch(
    /attempt 1 \(4 min 58 s\): at work\. It has been working for 4 min 50 s, lastly: “Bash/,
  )
  expect(text).toMatch(/^It is running, for 5 min; its deadline is /m)
  expect(text).toContain('vigil watch run-1')
})

test('a run that waits for a provider says until when', () => {
  const wait = { since: at(0), until: at(900), class: 'provider.quota' }
  const text = told({ run: { status: 'running', reason: undefined, wait } }).lines.join('\n')
  expect(text).toContain(`It waits for the provider (provider.quota) until ${at(900)}.`)
})
