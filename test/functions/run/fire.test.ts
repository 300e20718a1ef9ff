import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Project } from '#core/contracts/project.ts'
import { fire } from '#functions/run/fire.ts'
import { slotsTaken } from '#functions/store/slots.ts'
import { openScene, type Scene } from '#test/functions/scene.ts'

let scene: Scene

beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene.close())

const asked = (project: Project, fireId: string, forced: string[] = []) =>
  fire(scene.world, { project, fireId, trigger: 'manual', actor: 'test', forced })
const runOf = (fired: Awaited<ReturnType<typeof fire>>) => fired.run ?? ''

describe('a fire', () => {
  test('takes run, lease, slot and the count of the day in one go', async () => {
    const { store } = scene.world
    const project = await scene.project()
    const before = await slotsTaken(store.table)
    const runId = runOf(await asked(project, 'first'))
    expect(await store.runs.get(runId)).toMatchObject({ status: 'queued', fireId: 'first' })
    expect(await store.leases.get(project.id)).toMatchObject({ runId, fencingToken: 1 })
    expect(await slotsTaken(store.table)).toBe(before + 1)
    const date = new Date().toISOString().slice(0, 10)
    expect(await store.days.get({ projectId: project.id, date })).toMatchObject({ fires: 1 })
  })

  test('that is delivered twice starts one run, also when both come at once (G16)', async () => {
    const project = await scene.project()
    const fired = await Promise.all([1, 2, 3, 4].map(() => asked(project, 'same')))
    expect(new Set(fired.map(runOf)).size).toBe(1)
    expect(runOf(await asked(project, 'same'))).toBe(fired[0]?.run)
  })

  test('whose id was used more than a day ago is another fire (G16)', async () => {
    const { store } = scene.world
    const project = await scene.project()
    const first = runOf(await asked(project, 'daily'))
    await store.fires.update('daily', { set: { expiresAt: 1 } })
    expect(await asked(project, 'daily')).toMatchObject({ shut: { gate: 'lease_busy' } })
    await store.leases.update(project.id, { set: { runId: undefined } })
    expect(runOf(await asked(project, 'daily'))).not.toBe(first)
  })

  test('of a project that runs is blocked, and the reason is kept on the project (G12)', async () => {
    const project = await scene.project()
    await asked(project, 'one')
    expect(await asked(project, 'two', ['lease_busy'])).toMatchObject({
      run: null,
      shut: { gate: 'lease_busy' },
    })
    expect(await scene.world.store.projects.get(project.id)).toMatchObject({
      blocked: { gate: 'lease_busy' },
    })
  })

  test('of many at once starts one run', async () => {
    const project = await scene.project()
    const ids = Array.from({ length: 10 }, (_, index) => `race-${index}`)
    const fired = await Promise.all(ids.map((id) => asked(project, id)))
    expect(fired.filter(({ run }) => run !== null)).toHaveLength(1)
  })
})
