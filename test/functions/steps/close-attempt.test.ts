import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { closeAttempt } from '#functions/steps/close-attempt.ts'
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
})
