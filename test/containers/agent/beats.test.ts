import { type SendTaskHeartbeatCommand, type SFNClient, TaskTimedOut } from '@aws-sdk/client-sfn'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Superseded, startBeats } from '#containers/agent/beats.ts'
import { arm, enterStage, newObservation, observe } from '#containers/agent/watch.ts'
import type { Worker } from '#containers/agent/worker.ts'
import type { Fault, FaultClass } from '#core/faults.ts'
import { anAttemptRequest } from './a-request.ts'

const T0 = Date.parse('2026-03-02T12:00:00Z')
const TIMED_OUT = new TaskTimedOut({ message: 'Task Timed Out', $metadata: {} })

interface Written {
  set: { state: string; stage: string; stageSince: string; beatAt: string; acts: unknown[] }
  when: object
}

/** Beats on a clock of their own; the table and the workflow answer as they are told to. */
const beat = (
  answers: {
    table?: () => Promise<boolean>
    workflow?: () => Promise<unknown>
    nudged?: boolean
  } = {},
) => {
  let now = T0
  const written: Written[] = []
  const tokens: unknown[] = []
  const kills: (Fault | Superseded)[] = []
  const nudges: FaultClass[] = []
  const worker = {
    settings: { VIGIL_BEAT_SECONDS: 20 },
    store: {
      now: () => now,
      attempts: {
        update: async (_id: string, change: Written) => {
          written.push(change)
          return answers.table ? answers.table() : true
        },
      },
    },
    workflows: {
      send: async (command: SendTaskHeartbeatCommand) => {
        tokens.push(command.input.taskToken)
        return answers.workflow?.()
      },
    } as unknown as SFNClient,
  } as unknown as Worker
  const observation = newObservation(now)
  const beats = startBeats(worker, anAttemptRequest(), 'token-1', observation, {
    kill: (why) => void kills.push(why),
    nudge: (fault) => {
      nudges.push(fault)
      return answers.nudged ?? false
    },
  })
  onTestFinished(() => beats.stop())
  const forward = (seconds: number) => {
    now += seconds * 1_000
  }
  return { beats, observation, written, tokens, kills, nudges, forward, now: () => now }
}
const until = (fact: () => unknown) => expect.poll(fact, { interval: 10, timeout: 5_000 })

test('T4: the first beat goes out at once, with what is seen and under the fencing token', async () => {
  const { written, tokens, kills } = beat()
  await until(() => tokens).toEqual(['token-1'])
  expect(written).toMatchObject([
    {
      set: { state: 'preparing', stage: 'preparing', beatAt: '2026-03-02T12:00:00.000Z', acts: [] },
      when: { fencingToken: 1, cancelRequested: false },
    },
  ])
  expect(kills).toEqual([])
})

test('T4: the next one goes out after its time, or at once when a stage begins', async () => {
  const { written, tokens, observation, forward, now } = beat()
  await until(() => tokens.length).toBe(1)
  forward(20)
  await until(() => tokens.length).toBe(2)
  enterStage(observation, 'working', now())
  await until(() => tokens.length).toBe(3)
  expect(written.map(({ set }) => set.state)).toEqual(['preparing', 'preparing', 'working'])
})

test('T1: an agent in a tool call is seen as such, with its last acts', async () => {
  const { beats, written, observation } = beat()
  enterStage(observation, 'working', T0)
  observe(observation, { type: 'tool_start', id: '1', name: 'make', summary: 'all' }, T0)
  await beats.flush()
  expect(written.at(-1)?.set).toMatchObject({
    state: 'tool',
    stage: 'working',
    acts: [{ what: 'make all' }],
  })
})

describe('T8: an attempt that is over', () => {
  test('is known from the table, and the workflow is not told', async () => {
    const { kills, tokens } = beat({ table: async () => false })
    await until(() => kills.length).toBeGreaterThan(0)
    expect(kills[0]).toBeInstanceOf(Superseded)
    expect(tokens).toEqual([])
  })

  test('is known from the workflow', async () => {
    const { kills } = beat({ workflow: () => Promise.reject(TIMED_OUT) })
    await until(() => kills.length).toBeGreaterThan(0)
    expect(kills[0]).toBeInstanceOf(Superseded)
  })
})

test.each([
  ['table', { table: () => Promise.reject(new Error('ECONNREFUSED')) }],
  ['workflow', { workflow: () => Promise.reject(new Error('ECONNREFUSED')) }],
])('T8: a %s that cannot be reached is tried again, until the fence', async (_what, answers) => {
  const { kills, written, forward } = beat(answers)
  await until(() => written.length).toBe(1)
  forward(20)
  await until(() => written.length).toBe(2)
  expect(kills).toEqual([])
  forward(71)
  await until(() => kills[0]).toMatchObject({ code: 'worker.fenced' })
})

test('T4: no beat goes out once the clock of the stage has run out', async () => {
  const { kills, tokens, observation, forward, now } = beat()
  enterStage(observation, 'working', now())
  arm(observation, now())
  await until(() => tokens.length).toBe(1)
  forward(601)
  observation.watch = { ...observation.watch, beatAt: now() }
  await until(() => kills.length).toBeGreaterThan(1)
  expect(kills[0]).toMatchObject({ code: 'stall.progress', message: 'in working' })
  expect(tokens).toHaveLength(1)
})

describe('T5: an agent that can be interrupted', () => {
  test('is not killed for its silence, and is seen as nudged until it is heard', async () => {
    const { written, kills, nudges, observation, forward, now, beats } = beat({ nudged: true })
    enterStage(observation, 'working', now())
    arm(observation, now())
    forward(601)
    observation.watch = { ...observation.watch, beatAt: now() }
    await until(() => nudges[0]).toBe('stall.progress')
    arm(observation, now())
    observation.nudge = 'unanswered'
    await beats.flush()
    observe(observation, { type: 'text', text: 'Here I am.' }, now())
    await beats.flush()
    expect(written.slice(-2).map(({ set }) => set.state)).toEqual(['nudged', 'working'])
    expect(kills).toEqual([])
  })

  test('is killed where it cannot go on', async () => {
    const { kills, nudges, observation, forward, now } = beat()
    enterStage(observation, 'working', now())
    forward(3_601)
    observation.watch = { ...observation.watch, beatAt: now() }
    await until(() => kills[0]).toMatchObject({ code: 'turn.timed_out' })
    expect(nudges[0]).toBe('turn.timed_out')
  })
})
