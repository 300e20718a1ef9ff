import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ModelUsage } from '#core/contracts/usage.ts'
import { onExecutionEnded } from '#functions/events/on-execution-ended.ts'
import { openScene, type Scene } from '#test/functions/scene.ts'

let scene: Scene

beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene.close())

const event = (name: string, status: string, error: string | null = null) => ({
  detail: { name, status, error },
})

describe('on-execution-ended', () => {
  test.each([
    ['FAILED', 'States.Runtime', 'failed', 'bug'],
    ['TIMED_OUT', null, 'failed', 'bug'],
    ['ABORTED', null, 'failed', 'bug'],
  ])('a pipeline that %s with %s is a %s run', async (status, error, outcome, reason) => {
    const run = await scene.run()
    await onExecutionEnded(scene.world)(event(run.id, status, error))
    expect(await scene.world.store.runs.get(run.id)).toMatchObject({ status: outcome, reason })
    await onExecutionEnded(scene.world)(event(run.id, status, error))
    expect((await scene.kinds(run.id)).filter((kind) => kind === 'run.ended')).toHaveLength(1)
  })

  test('a cancelled run whose pipeline was stopped is cancelled (S1)', async () => {
    const run = await scene.run({ cancel: { at: '2026-01-31T12:00:00.000Z', by: 'test' } })
    await onExecutionEnded(scene.world)(event(run.id, 'ABORTED'))
    expect(await scene.world.store.runs.get(run.id)).toMatchObject({ status: 'cancelled' })
  })

  test('a run that is settled, a running pipeline and a turn change nothing', async () => {
    const run = await scene.run({ status: 'executed' })
    for (const name of [run.id, `${run.id}-t1`, 'other'])
      for (const status of ['RUNNING', 'SUCCEEDED', 'FAILED'])
        expect(await onExecutionEnded(scene.world)(event(name, status))).toEqual({
          verdict: 'settled',
        })
    expect(await scene.kinds(run.id)).toEqual([])
  })

  test('what an attempt had spent when its workflow was stopped counts (T12)', async () => {
    const run = await scene.run()
    const turn = await scene.turn(run, 1, 'code', { status: 'running' })
    const usage = { m: ModelUsage.parse({ inputTokens: 7, usd: 0.25 }) }
    const attemptId = await scene.attempt(turn, { state: 'working', usage })
    await onExecutionEnded(scene.world)(event(run.id, 'ABORTED'))
    const { store } = scene.world
    expect(await store.attempts.get(attemptId)).toMatchObject({ state: 'lost', usd: 0.25 })
    expect(await store.runs.get(run.id)).toMatchObject({ usd: 0.25, tokens: 7 })
  })
})
