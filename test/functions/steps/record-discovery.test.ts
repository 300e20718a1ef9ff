import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recordDiscovery } from '#functions/steps/record-discovery.ts'
import { openScene, PROPOSAL, type Scene } from '#test/functions/scene.ts'

let scene: Scene

beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene.close())

const REPOSITORY = {
  originHead: 'b'.repeat(40),
  branch: 'main',
  baseIsAncestor: true,
  notes: [],
  baseKey: 'attempts/x/base.bundle',
}

const discovered = async (set: Record<string, unknown>, config: Record<string, unknown> = {}) => {
  const project = await scene.project()
  const run = await scene.run({ config: { ...project.config, ...config } }, project)
  const turn = await scene.turn(run, 1, 'discovery')
  await scene.result(turn.attemptId ?? '', { repository: REPOSITORY, ...set })
  return run
}

describe('RecordDiscovery', () => {
  test('a proposal becomes a plan under an id of the plane (D2, D3)', async () => {
    const run = await discovered({ plan: PROPOSAL })
    expect(await recordDiscovery(scene.world)({ runId: run.id })).toEqual({ verdict: 'plan' })
    const { planId } = (await scene.world.store.runs.get(run.id)) ?? {}
    const plan = await scene.world.store.plans.get(planId ?? '')
    expect(plan).toMatchObject({ status: 'ready', base: { commit: REPOSITORY.originHead } })
    expect(await recordDiscovery(scene.world)({ runId: run.id })).toEqual({ verdict: 'plan' })
    expect(await scene.kinds(run.id)).toEqual(['plan.proposed'])
  })

  test('a project that wants approval gets a proposed run (D7)', async () => {
    const run = await discovered({ plan: PROPOSAL }, { execute: 'approve' })
    expect(await recordDiscovery(scene.world)({ runId: run.id })).toEqual({ verdict: 'proposed' })
  })

  test('no plan and no error is no_plan (D5)', async () => {
    const run = await discovered({})
    expect(await recordDiscovery(scene.world)({ runId: run.id })).toEqual({ verdict: 'no_plan' })
  })

  test('an error after a saved plan does not lose the plan, an error before one is failed (D5)', async () => {
    const kept = await scene.run()
    const turn = await scene.turn(kept, 1, 'discovery', { status: 'failed' })
    await scene.result(turn.attemptId ?? '', { repository: REPOSITORY, plan: PROPOSAL })
    expect(await recordDiscovery(scene.world)({ runId: kept.id })).toEqual({ verdict: 'plan' })
    const lost = await scene.run()
    await scene.turn(lost, 1, 'discovery', { status: 'failed' })
    expect(await recordDiscovery(scene.world)({ runId: lost.id })).toEqual({ verdict: 'failed' })
  })

  test('a dedupe key that a ready plan holds is refused, once and said (D3)', async () => {
    const project = await scene.project()
    await scene.plan(await scene.run({}, project))
    const run = await scene.run({}, project)
    const turn = await scene.turn(run, 1, 'discovery')
    await scene.result(turn.attemptId ?? '', { repository: REPOSITORY, plan: PROPOSAL })
    for (const _ of ['first', 'second'])
      expect(await recordDiscovery(scene.world)({ runId: run.id })).toEqual({ verdict: 'no_plan' })
    expect(await scene.kinds(run.id)).toEqual(['plan.refused'])
  })
})
