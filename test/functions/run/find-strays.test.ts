import { afterAll, beforeAll, expect, test } from 'vitest'
import { findStrays } from '#functions/run/find-strays.ts'
import { fire } from '#functions/run/fire.ts'
import { giveSlot, takeSlot } from '#functions/store/slots.ts'
import { openScene, type Scene } from '#test/functions/scene.ts'

let scene: Scene

beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene.close())

test('where all is well there are no strays, a run that has just begun among it (S3)', async () => {
  const project = await scene.project()
  await fire(scene.world, {
    project,
    fireId: 'well',
    trigger: 'manual',
    actor: 'test',
    forced: [],
  })
  expect(await findStrays(scene.world)).toEqual({ runs: [], leases: [], slots: [] })
})

test('a run without execution, a lease and a slot without run are found and left as they are (S3)', async () => {
  const { store } = scene.world
  const lost = await scene.run()
  const over = await scene.run({ status: 'failed' })
  const young = await scene.run({ createdAt: new Date().toISOString() })
  await store.table.transact([takeSlot(store.table, over.id, 20)])
  const strays = {
    runs: [{ run: lost.id, execution: 'none' }],
    leases: [{ project: over.projectId, run: over.id }],
    slots: [over.id],
  }
  for (const _ of ['first', 'second']) expect(await findStrays(scene.world)).toEqual(strays)
  expect(strays.runs.map(({ run }) => run)).not.toContain(young.id)
  await store.table.transact([giveSlot(store.table, over.id)])
  await store.leases.update(over.projectId, { set: { runId: undefined } })
  expect(await findStrays(scene.world)).toMatchObject({ leases: [], slots: [] })
})
