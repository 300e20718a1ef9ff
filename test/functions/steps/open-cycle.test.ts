import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openCycle } from '#functions/steps/open-cycle.ts'
import { openScene, PROPOSAL, type Scene } from '#test/functions/scene.ts'

let scene: Scene

beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene.close())

describe('OpenCycle', () => {
  test('a plan opens a cycle on the commit that discovery saw; twice is once (C1, S4)', async () => {
    const run = await scene.run()
    const plan = await scene.plan(run)
    for (const _ of ['first', 'second'])
      expect(await openCycle(scene.world)({ runId: run.id })).toEqual({ verdict: 'open' })
    const { cycleId } = (await scene.world.store.runs.get(run.id)) ?? {}
    const cycle = await scene.world.store.cycles.get(cycleId ?? '')
    expect(cycle).toMatchObject({
      status: 'active',
      branch: `vigil/${cycleId}`,
      baseCommit: plan.base.commit,
      plans: [plan.id],
    })
    expect(await scene.world.store.plans.get(plan.id)).toMatchObject({ status: 'executing' })
    expect(await scene.kinds(run.id)).toEqual(['cycle.opened', 'plan.started'])
  })

  test("a second plan of the project goes into the same cycle while its base is in the origin's history", async () => {
    const project = await scene.project()
    const first = await scene.run({}, project)
    await scene.plan(first)
    await openCycle(scene.world)({ runId: first.id })
    const second = await scene.run({}, project)
    await scene.plan(second, { dedupeKey: `${PROPOSAL.dedupeKey}-2` })
    await openCycle(scene.world)({ runId: second.id })
    const runs = await Promise.all([first, second].map(({ id }) => scene.world.store.runs.get(id)))
    expect(runs[1]?.cycleId).toBe(runs[0]?.cycleId)
    expect(await scene.kinds(second.id)).toContain('cycle.reused')
  })

  test('a plan that was begun goes on in its own cycle, though the project has a newer one (D6)', async () => {
    const { store } = scene.world
    const project = await scene.project()
    const first = await scene.run({}, project)
    const plan = await scene.plan(first)
    await openCycle(scene.world)({ runId: first.id })
    const own = (await store.plans.get(plan.id))?.cycleId ?? ''
    await store.plans.update(plan.id, {
      set: { status: 'failed', reason: 'stall_restarts_exhausted', sectionsDone: 1 },
    })
    await store.projects.update(project.id, { set: { cycleId: 'cycle-newer' } })
    const second = await scene.run({ planId: plan.id }, project)
    await openCycle(scene.world)({ runId: second.id })
    expect(await store.runs.get(second.id)).toMatchObject({ cycleId: own })
    expect(await store.projects.get(project.id)).toMatchObject({ cycleId: 'cycle-newer' })
    const begun = await store.plans.get(plan.id)
    expect(begun).toMatchObject({ status: 'executing', sectionsDone: 1 })
    expect(begun?.reason).toBeUndefined()
  })

  test('a plan whose cycle is closed begins anew in another (D6, C6)', async () => {
    const { store } = scene.world
    const project = await scene.project()
    const first = await scene.run({}, project)
    const plan = await scene.plan(first)
    await openCycle(scene.world)({ runId: first.id })
    const own = (await store.plans.get(plan.id))?.cycleId ?? ''
    await store.cycles.update(own, { set: { status: 'discarded' } })
    await store.plans.update(plan.id, { set: { status: 'failed', sectionsDone: 1 } })
    const second = await scene.run({ planId: plan.id }, project)
    await openCycle(scene.world)({ runId: second.id })
    const begun = await store.plans.get(plan.id)
    expect(begun?.cycleId).not.toBe(own)
    expect(begun?.sectionsDone).toBeUndefined()
  })

  test('a cancelled run, or one whose plan is not to be executed, stops', async () => {
    const archived = await scene.run()
    await scene.plan(archived, { status: 'archived' })
    expect(await openCycle(scene.world)({ runId: archived.id })).toEqual({ verdict: 'stop' })
    const cancelled = await scene.run({ cancel: { at: '2026-01-31T12:00:00.000Z', by: 'test' } })
    await scene.plan(cancelled)
    expect(await openCycle(scene.world)({ runId: cancelled.id })).toEqual({ verdict: 'stop' })
  })
})
