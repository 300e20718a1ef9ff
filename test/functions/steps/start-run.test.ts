import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startRun } from '#functions/steps/start-run.ts'
import { openScene, type Scene } from '#test/functions/scene.ts'

let scene: Scene

beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene.close())

describe('StartRun', () => {
  test('a queued run is started, pinned and sent to discovery (T18)', async () => {
    const run = await scene.run({ status: 'queued', pinned: undefined } as never)
    const answer = await startRun(scene.world)({ runId: run.id })
    expect(answer).toMatchObject({ verdict: 'discover', turnId: `${run.id}-t1` })
    const started = await scene.world.store.runs.get(run.id)
    expect(started).toMatchObject({ status: 'running', turns: 1 })
    expect(started?.pinned?.turnWorkflow).toBe(scene.world.settings.VIGIL_TURN_ARN)
    expect(await scene.kinds(run.id)).toEqual(['run.started', 'turn.started'])
  })

  test('a second time changes nothing and answers the same (S4)', async () => {
    const run = await scene.run({ status: 'queued' })
    const first = await startRun(scene.world)({ runId: run.id })
    expect(await startRun(scene.world)({ runId: run.id })).toEqual(first)
    expect(await scene.kinds(run.id)).toEqual(['run.started', 'turn.started'])
  })

  test('a run with a given plan skips discovery', async () => {
    const run = await scene.run({ status: 'queued', trigger: 'approval' })
    await scene.plan(run)
    expect(await startRun(scene.world)({ runId: run.id })).toMatchObject({ verdict: 'execute' })
    expect(await scene.kinds(run.id)).toEqual(['run.started'])
  })

  test('a run that was cancelled, or lost its lease, stops', async () => {
    const cancelled = await scene.run({
      status: 'queued',
      cancel: { at: '2026-01-31T12:00:00.000Z', by: 'test' },
    })
    expect(await startRun(scene.world)({ runId: cancelled.id })).toMatchObject({ verdict: 'stop' })
    const project = await scene.project()
    const older = await scene.run({ status: 'queued' }, project)
    await scene.run({ status: 'queued' }, project)
    expect(await startRun(scene.world)({ runId: older.id })).toMatchObject({ verdict: 'stop' })
  })
})
