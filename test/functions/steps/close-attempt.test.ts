import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { AttemptRequest } from '#core/contracts/attempt-request.ts'
import { ProjectConfig } from '#core/contracts/project.ts'
import type { Run } from '#core/contracts/run.ts'
import { closeAttempt } from '#functions/steps/close-attempt.ts'
import { openAttempt } from '#functions/steps/open-attempt.ts'
import { attemptKeys } from '#functions/store/keys.ts'
import { giveSlot, slotHolders, takeSlot } from '#functions/store/slots.ts'
import { openScene, type Scene } from '#test/functions/scene.ts'

let scene: Scene

beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene.close())

const working = async (set: Record<string, unknown> = {}) => {
  const run = await scene.run()
  const turn = await scene.turn(run, 1, 'code', { status: 'running' })
  const attemptId = await scene.attempt(turn, { state: 'working', ...set })
  return { run, turn, attemptId }
}

const OVER = { verdict: 'over' }
const ENDED = { taskEnd: { at: '2026-01-31T12:00:00.000Z', stopCode: 'EssentialContainerExited' } }

describe('CloseAttempt', () => {
  test('a success settles attempt and turn, verification and cost with them; twice is once', async () => {
    const { run, turn, attemptId } = await working()
    await scene.result(attemptId, {
      completion: { status: 'done', summary: 'mended' },
      verification: [{ command: 'true', exit: 0, timedOut: false, durationMs: 1, tail: '' }],
      usage: {
        model: {
          inputTokens: 1,
          outputTokens: 1,
          cacheReadTokens: 0,
          cacheWriteTokens: 0,
          reasoningTokens: 0,
          usd: 0.25,
        },
      },
    })
    for (const _ of ['first', 'second'])
      expect(await closeAttempt(scene.world)({ attemptId })).toEqual({ verdict: 'over' })
    const { store } = scene.world
    expect(await store.attempts.get(attemptId)).toMatchObject({ state: 'succeeded', usd: 0.25 })
    expect(await store.turns.get(turn)).toMatchObject({ status: 'done' })
    expect(await store.runs.get(run.id)).toMatchObject({ usd: 0.25, usdEstimated: false })
    expect(await scene.kinds(run.id)).toEqual(['verification.ended', 'attempt.ended', 'turn.ended'])
  })

  test.each([
    ['the supervisor said so', 'stall.progress', {}, 'stalled', 'attempt.stalled', 10],
    ['its task stopped', 'worker.lost', {}, 'lost', 'attempt.lost', 1],
    ['it never claimed', 'States.Timeout', {}, 'lost', 'attempt.lost', 1],
    ['it never claimed', 'States.HeartbeatTimeout', {}, 'lost', 'attempt.lost', 1],
  ])('%s: %s is another attempt later (T6, T9)', async (_, error, set, state, kind, seconds) => {
    const { run, attemptId } = await working({ ...ENDED, ...set })
    const answer = await closeAttempt(scene.world)({ attemptId, error, cause: 'why' })
    expect(answer).toEqual({ verdict: 'retry_after', seconds })
    expect(await scene.world.store.attempts.get(attemptId)).toMatchObject({ state, reason: 'why' })
    expect(await scene.kinds(run.id)).toEqual([kind, 'attempt.ended'])
  })

  test('what is no fault is a bug: the turn failed, and is not tried again', async () => {
    const { turn, attemptId } = await working()
    expect(await closeAttempt(scene.world)({ attemptId, error: 'TypeError' })).toEqual({
      verdict: 'over',
    })
    expect(await scene.world.store.turns.get(turn)).toMatchObject({
      status: 'failed',
      reason: 'bug',
    })
  })

  test('a failed attempt whose task may still run is stopping, and nothing is written (T7)', async () => {
    const { run, attemptId } = await working({
      taskArn: 'arn:aws:ecs:local:0:task/vigil/unheard-of',
      launchedAt: new Date().toISOString(),
    })
    const answer = await closeAttempt(scene.world)({ attemptId, error: 'stall.progress' })
    expect(answer).toEqual({ verdict: 'stopping' })
    expect(await scene.kinds(run.id)).toEqual([])
  })

  test('the fourth stall of a turn blocks it (T6)', async () => {
    const run = await scene.run()
    const failures = { 'stall.progress': 2, 'stall.tool': 1 }
    const turn = await scene.turn(run, 1, 'code', { status: 'running', failures })
    const attemptId = await scene.attempt(turn, { state: 'working' })
    expect(await closeAttempt(scene.world)({ attemptId, error: 'stall.tool' })).toEqual({
      verdict: 'over',
    })
    expect(await scene.world.store.turns.get(turn)).toMatchObject({
      status: 'blocked',
      reason: 'stall_restarts_exhausted',
    })
  })

  test('a stopped task that ECS took for lack of memory gets a larger one (T9)', async () => {
    const end = { ...ENDED.taskEnd, stoppedReason: 'OutOfMemoryError: killed' }
    const { run, turn, attemptId } = await working({ taskEnd: end })
    await closeAttempt(scene.world)({ attemptId, error: 'worker.oom' })
    await openAttempt(scene.world)({ runId: run.id, turnId: turn.id })
    expect(await scene.world.store.attempts.get(`${turn.id}-a2`)).toMatchObject({
      placement: { onDemand: false, size: { cpu: '1024', memory: '8192' } },
    })
  })

  test('a class that a failed agent named has its policy, and may only narrow it (T14)', async () => {
    const { turn, attemptId } = await working()
    const completion = { status: 'failed', summary: 'no', failureClass: 'agent.max_steps' } as const
    await scene.result(attemptId, { completion })
    expect(await closeAttempt(scene.world)({ attemptId })).toMatchObject({ verdict: 'retry_after' })
    const other = await working()
    await scene.result(other.attemptId, { completion: { ...completion, retryable: false } })
    expect(await closeAttempt(scene.world)({ attemptId: other.attemptId })).toEqual(OVER)
    expect(await scene.world.store.turns.get(turn)).toMatchObject({
      failures: { 'agent.max_steps': 1 },
    })
  })
})

describe('T13: a limit of the provider', () => {
  const QUOTA = { error: 'provider.quota', cause: 'used up' }
  const limited = async (models: string[], set: Partial<Run> = {}) => {
    const project = await scene.project({
      config: ProjectConfig.parse({ source: { location: '/nowhere' }, models }),
    })
    const run = await scene.run(set, project)
    const turn = await scene.turn(run, 1, 'code', { status: 'running' })
    await scene.world.store.table.transact([takeSlot(scene.world.store.table, run.id, 20)])
    return { run, turn, attemptId: await scene.attempt(turn, { state: 'working', ...ENDED }) }
  }
  const requestOf = (attemptId: string) =>
    scene.world.store.bucket.getJson(attemptKeys(attemptId).request, AttemptRequest)

  test('is the next model of the chain, at once and without a wait', async () => {
    const { run, turn, attemptId } = await limited(['opus', 'haiku'])
    const answer = await closeAttempt(scene.world)({ attemptId, ...QUOTA })
    expect(answer).toEqual({ verdict: 'retry_after', seconds: 1 })
    await openAttempt(scene.world)({ runId: run.id, turnId: turn.id })
    expect(await requestOf(`${turn.id}-a2`)).toMatchObject({ model: 'haiku' })
    expect(await scene.kinds(run.id)).not.toContain('provider.waited')
  })

  test('is a wait without a slot, then the run goes on with a later deadline', async () => {
    const deadlineAt = new Date(scene.world.store.now() + 3_600_000).toISOString()
    const { run, turn, attemptId } = await limited(['opus'], { deadlineAt })
    const { store } = scene.world
    const resetAt = new Date(store.now() + 7_200_000).toISOString()
    await scene.result(attemptId, { resetAt })
    for (const _ of ['first', 'second']) {
      const answer = await closeAttempt(scene.world)({ attemptId, ...QUOTA })
      expect(answer).toMatchObject({ verdict: 'retry_after' })
      expect(answer).toHaveProperty('seconds', expect.closeTo(7_200, -1))
    }
    expect(await slotHolders(store.table)).not.toContain(run.id)
    const early = await openAttempt(scene.world)({ runId: run.id, turnId: turn.id })
    expect(early).toMatchObject({ verdict: 'retry_after' })
    const until = (await store.runs.get(run.id))?.wait?.until ?? ''
    const later = { ...scene.world, store: { ...store, now: () => Date.parse(until) } }
    const answer = await openAttempt(later)({ runId: run.id, turnId: turn.id })
    expect(answer).toMatchObject({ verdict: 'launch', attemptId: `${turn.id}-a2` })
    expect(await slotHolders(store.table)).toContain(run.id)
    const resumed = await store.runs.get(run.id)
    expect(resumed?.wait).toBeUndefined()
    expect(resumed?.waitedSeconds).toBeCloseTo(7_200, -1)
    const waited = Date.parse(resumed?.deadlineAt ?? '') - Date.parse(deadlineAt)
    expect(waited / 1000).toBeCloseTo(7_200, -1)
    expect(await scene.kinds(run.id)).toEqual([
      'attempt.ended',
      'provider.waited',
      'provider.resumed',
    ])
  })

  test('waits on while no slot is free', async () => {
    const { run, turn, attemptId } = await limited(['opus'])
    await closeAttempt(scene.world)({ attemptId, ...QUOTA })
    const { store, settings } = scene.world
    const full = {
      ...scene.world,
      settings: { ...settings, VIGIL_RUNS_AT_ONCE: (await slotHolders(store.table)).length },
      store: { ...store, now: () => Date.now() + 3_600_000 },
    }
    const held = [takeSlot(store.table, 'run-other', 20)]
    await store.table.transact(held)
    const answer = await openAttempt(full)({ runId: run.id, turnId: turn.id })
    expect(answer).toEqual({ verdict: 'retry_after', seconds: 2 })
    await store.table.transact([giveSlot(store.table, 'run-other')])
  })
})
