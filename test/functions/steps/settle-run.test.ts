import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settleRun } from '#functions/steps/settle-run.ts'
import { slotsTaken, takeSlot } from '#functions/store/slots.ts'
import { openScene, type Scene } from '#test/functions/scene.ts'

let scene: Scene

beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene.close())

describe('SettleRun', () => {
  test('ends a run once: report, lease, slot, plan and project in one go (S2, S3)', async () => {
    const run = await scene.run()
    const plan = await scene.plan(run, { status: 'executing' })
    await scene.turn(run, 1, 'code', { verdict: 'complete' })
    await scene.turn(run, 2, 'prove', { verdict: 'proved' })
    const { store } = scene.world
    const proof = { baseCommit: 'a', headCommit: 'b', proved: true, checks: 1, key: 'k' }
    await store.table.transact([
      store.runs.change(run.id, { set: { proof } }),
      takeSlot(store.table, run.id, 20),
    ])
    const input = { runId: run.id, error: null }
    for (const _ of ['first', 'second'])
      expect(await settleRun(scene.world)(input)).toEqual({ verdict: 'settled' })
    const ended = await store.runs.get(run.id)
    expect(ended).toMatchObject({ status: 'executed' })
    expect(await store.bucket.get(ended?.report?.markdown ?? '')).toBeDefined()
    expect((await store.leases.get(run.projectId))?.runId).toBeUndefined()
    expect(await slotsTaken(store.table)).toBe(0)
    expect(await store.plans.get(plan.id)).toMatchObject({ status: 'completed' })
    expect(await store.projects.get(run.projectId)).toMatchObject({
      lastOutcome: 'executed',
      failures: 0,
    })
    expect(await scene.kinds(run.id)).toEqual(['plan.completed', 'report.written', 'run.ended'])
  })

  test('two that settle at the same time write one end (S2)', async () => {
    const run = await scene.run()
    const input = { runId: run.id, error: null }
    await Promise.all([1, 2, 3, 4].map(() => settleRun(scene.world)(input)))
    expect((await scene.kinds(run.id)).filter((kind) => kind === 'run.ended')).toHaveLength(1)
  })

  test('an error that brought the pipeline here is a failed run, with a report (R1)', async () => {
    const run = await scene.run()
    await settleRun(scene.world)({ runId: run.id, error: 'TypeError' })
    const ended = await scene.world.store.runs.get(run.id)
    expect(ended).toMatchObject({ status: 'failed', reason: 'bug' })
    expect(ended?.report).toBeDefined()
    expect(await scene.world.store.projects.get(run.projectId)).toMatchObject({ failures: 1 })
  })

  test('three failed runs in a row pause the project (G14)', async () => {
    const project = await scene.project({ failures: 2 })
    const run = await scene.run({}, project)
    await settleRun(scene.world)({ runId: run.id, error: 'TypeError' })
    expect(await scene.world.store.projects.get(project.id)).toMatchObject({ paused: 'auto' })
  })

  test('a live attempt is ended first, and not before its task is known to have stopped (T7)', async () => {
    const run = await scene.run()
    const turn = await scene.turn(run, 1, 'code', { status: 'running' })
    const taskArn = 'arn:aws:ecs:local:0:task/vigil/unheard-of'
    const launchedAt = new Date().toISOString()
    const attemptId = await scene.attempt(turn, { state: 'working', taskArn, launchedAt })
    const input = { runId: run.id, error: 'TypeError' }
    expect(await settleRun(scene.world)(input)).toEqual({ verdict: 'stopping' })
    expect(await scene.kinds(run.id)).toEqual([])
    const taskEnd = { at: '2026-01-31T12:00:00.000Z' }
    await scene.world.store.attempts.update(attemptId, { set: { taskEnd } })
    expect(await settleRun(scene.world)(input)).toEqual({ verdict: 'settled' })
    expect(await scene.kinds(run.id)).toEqual([
      'attempt.lost',
      'attempt.ended',
      'turn.ended',
      'report.written',
      'run.ended',
    ])
  })
})
