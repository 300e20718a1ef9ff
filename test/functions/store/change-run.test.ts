import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Run } from '#core/contracts/run.ts'
import { changeRun, type RunChange } from '#functions/store/change-run.ts'
import { runPartition } from '#functions/store/run.ts'
import { AN_EVENT, openTestStore, type TestStore } from './open-test-store.ts'

let scene: TestStore
beforeAll(async () => {
  scene = await openTestStore()
})
afterAll(() => scene.close())

const created = async (set: Partial<Run> = {}): Promise<string> => {
  const run = scene.aRun(set)
  await scene.write(scene.store.runs.create(run.id, run))
  return run.id
}
const eventsOf = (id: string) => scene.store.events.all(runPartition(id), 'event#')
const change = (
  id: string,
  actor: string,
  decide: (run: Run) => RunChange | undefined | Promise<RunChange | undefined>,
) => changeRun(scene.store, id, actor, decide)

test('a change, its events and the sequence number are written as one', async () => {
  const id = await created({ sequence: 3 })
  const events = [{ ...AN_EVENT, reason: 'first' }, { kind: 'turn.ended' as const }]
  const done = await change(id, 'a step', () => ({ set: { turns: 1 }, events }))
  expect(done).toBe(true)
  expect(await scene.store.runs.get(id)).toMatchObject({ turns: 1, sequence: 5 })
  const at = '2026-01-31T12:00:00.000Z'
  expect(await eventsOf(id)).toEqual([
    { ...events[0], runId: id, sequence: 4, at, actor: 'a step' },
    { ...events[1], runId: id, sequence: 5, at, actor: 'a step' },
  ])
})

test('nothing is written when there is nothing to do, or no such run', async () => {
  const id = await created()
  expect(await change(id, 'x', () => undefined)).toBe(false)
  expect(await change('run-none', 'x', () => ({ events: [AN_EVENT] }))).toBe(false)
  expect(await eventsOf(id)).toEqual([])
})

test('fifty at once each get their event, in a sequence without gaps', {
  timeout: 60_000,
}, async () => {
  const id = await created()
  const done = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      change(id, `writer-${n}`, (run) => ({ set: { turns: run.turns + 1 }, events: [AN_EVENT] })),
    ),
  )
  expect(done.every(Boolean)).toBe(true)
  expect(await scene.store.runs.get(id)).toMatchObject({ turns: 50, sequence: 50 })
  const events = await eventsOf(id)
  expect(events.map(({ sequence }) => sequence)).toEqual(
    Array.from({ length: 50 }, (_, n) => n + 1),
  )
  expect(new Set(events.map(({ actor }) => actor)).size).toBe(50)
})

test('of fifty who would end a run at once, exactly one does', { timeout: 60_000 }, async () => {
  const id = await created()
  const done = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      change(id, `writer-${n}`, ({ status }) =>
        status === 'running'
          ? { set: { status: 'cancelled', actor: `${n}` }, events: [{ kind: 'run.ended' }] }
          : undefined,
      ),
    ),
  )
  expect(done.filter(Boolean)).toHaveLength(1)
  expect(await scene.store.runs.get(id)).toMatchObject({ actor: `${done.indexOf(true)}` })
  expect(await eventsOf(id)).toHaveLength(1)
})

test('who lost a race decides again on what is there then', async () => {
  const id = await created()
  const seen: number[] = []
  await change(id, 'slow', async (run) => {
    seen.push(run.turns)
    if (seen.length === 1)
      await change(id, 'fast', () => ({ set: { turns: 7 }, events: [AN_EVENT] }))
    return { set: { usd: run.turns }, events: [AN_EVENT] }
  })
  expect(seen).toEqual([0, 7])
  expect(await scene.store.runs.get(id)).toMatchObject({ turns: 7, usd: 7, sequence: 2 })
})

test('a beat between reading and writing is no lost race, for a beat is on the attempt', async () => {
  const id = await created()
  let decided = 0
  await change(id, 'slow', async () => {
    decided += 1
    await scene.store.runs.update(id, { set: { planId: 'plan-1' } })
    return { set: { turns: 1 }, events: [AN_EVENT] }
  })
  expect(decided).toBe(1)
  expect(await scene.store.runs.get(id)).toMatchObject({ planId: 'plan-1', turns: 1 })
})

test('a condition of its other writes that fails leaves the run as it was', {
  timeout: 60_000,
}, async () => {
  const id = await created()
  const store = { ...scene.store, random: () => 0 }
  const never = store.leases.change('nobody', { set: { runId: id } })
  await expect(
    changeRun(store, id, 'hopeful', () => ({
      set: { turns: 1 },
      events: [AN_EVENT],
      writes: [never],
    })),
  ).rejects.toThrow(/^run run-\w+ changed under hopeful \d+ times$/)
  expect(await store.runs.get(id)).toMatchObject({ turns: 0, sequence: 0 })
  expect(await eventsOf(id)).toEqual([])
})

test('an event cannot take the place of another', async () => {
  const id = await created()
  const { store } = scene
  const event = { ...AN_EVENT, runId: id, sequence: 1, at: '2026-01-31T12:00:00.000Z', actor: 'x' }
  await scene.write(store.events.create({ runId: id, sequence: 1 }, event))
  expect(await store.table.transact([store.events.create({ runId: id, sequence: 1 }, event)])).toBe(
    false,
  )
})
