import { ListExecutionsCommand } from '@aws-sdk/client-sfn'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Project } from '#core/contracts/project.ts'
import { fire } from '#functions/run/fire.ts'
import { dateIn } from '#functions/run/gate-facts.ts'
import { slotsTaken } from '#functions/store/slots.ts'
import { openScene, type Scene } from '../scene.ts'

let scene: Scene
beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene.close())

const fireOnce = (project: Project, fireId: string) =>
  fire(scene.world, { project, fireId, trigger: 'schedule', actor: 'schedule', forced: [] })
const runsOf = ({ id }: Project) => scene.world.store.runs.list(`runs#${id}`, 50)
const firesToday = async ({ id, config }: Project) => {
  const { store } = scene.world
  const date = dateIn(config.timeZone, store.now())
  return (await store.days.get({ projectId: id, date }))?.fires
}

test('the same fire twice starts one run, and answers the same (G16)', async () => {
  const project = await scene.project()
  const fireId = `schedule#${project.id}#2026-01-31T12:00:00Z`
  const first = await fireOnce(project, fireId)
  expect(first).toMatchObject({ run: expect.stringMatching(/^run-/) })
  expect(await fireOnce(project, fireId)).toEqual(first)
  expect(await runsOf(project)).toHaveLength(1)
  expect(await firesToday(project)).toBe(1)
})

test('the same fire many times at once starts one run, one execution, and takes one slot (G16)', async () => {
  const project = await scene.project()
  const { store, workflows, settings } = scene.world
  const before = await slotsTaken(store.table)
  const fireId = `schedule#${project.id}#2026-01-31T12:00:00Z`
  const fired = await Promise.all(Array.from({ length: 20 }, () => fireOnce(project, fireId)))
  const [run] = await runsOf(project)
  expect(fired).toEqual(Array.from({ length: 20 }, () => ({ run: run?.id })))
  expect(await runsOf(project)).toHaveLength(1)
  expect(await firesToday(project)).toBe(1)
  expect(await slotsTaken(store.table)).toBe(before + 1)
  expect(await store.leases.get(project.id)).toMatchObject({ runId: run?.id })
  const { executions = [] } = await workflows.send(
    new ListExecutionsCommand({ stateMachineArn: settings.VIGIL_PIPELINE_ARN }),
  )
  expect(executions.filter(({ name }) => name === run?.id)).toHaveLength(1)
})

test('of different fires at once one takes the lease, the others are told that it is busy', async () => {
  const project = await scene.project()
  const fired = await Promise.all(
    Array.from({ length: 10 }, (_, n) => fireOnce(project, `fire-${project.id}-${n}`)),
  )
  expect(fired.filter(({ run }) => run !== null)).toHaveLength(1)
  expect(fired.filter((one) => one.run === null && one.shut.gate !== 'lease_busy')).toEqual([])
  expect(await runsOf(project)).toHaveLength(1)
  expect(await firesToday(project)).toBe(1)
})
