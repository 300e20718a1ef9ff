import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LIVE_SHARDS } from '#functions/store/entity.ts'
import { eventSortKey } from '#functions/store/event.ts'
import { runPartition } from '#functions/store/run.ts'
import { AN_EVENT, openTestStore, type TestStore } from './open-test-store.ts'

let scene: TestStore
beforeAll(async () => {
  scene = await openTestStore()
})
afterAll(() => scene.close())

/** More than one page of a query, which ends at 1 MB. */
const LARGE = 'x'.repeat(100_000)

describe('all below a partition', () => {
  const runId = 'run-all'
  const all = async (prefix: string, after?: string) =>
    (await scene.store.events.all(runPartition(runId), prefix, after)).map(
      (event) => event.sequence,
    )

  beforeAll(async () => {
    const { store } = scene
    const sequences = Array.from({ length: 25 }, (_, n) => n + 1)
    for (const sequence of [...sequences].reverse())
      await scene.write(
        store.events.create(
          { runId, sequence },
          {
            ...AN_EVENT,
            runId,
            sequence,
            at: '2026-01-31T12:00:00.000Z',
            actor: 'test',
            facts: { LARGE },
          },
        ),
      )
    await scene.write(store.runs.create(runId, scene.aRun({ id: runId })))
  })

  test('comes in order, over as many pages as it takes', async () => {
    expect(await all('event#')).toEqual(Array.from({ length: 25 }, (_, n) => n + 1))
  })

  test('comes after a key, whether that is there or not', async () => {
    expect(await all('event#', eventSortKey(20))).toEqual([21, 22, 23, 24, 25])
    expect(await all('event#', eventSortKey(0))).toHaveLength(25)
    expect(await all('event#', eventSortKey(25))).toEqual([])
    expect(await all('event#', eventSortKey(1_000))).toEqual([])
  })

  test('is only what the prefix begins', async () => {
    expect(await all('event#0000001')).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19])
    expect(await all('nothing#')).toEqual([])
  })
})

describe('a listing', () => {
  beforeAll(async () => {
    const { store } = scene
    for (let n = 10; n < 35; n += 1) {
      const id = `run-list-${n}`
      await scene.write(
        store.runs.create(
          id,
          scene.aRun({ id, projectId: 'listed', task: LARGE, status: 'failed' }),
        ),
      )
    }
  })
  const list = async (limit: number, before?: string) =>
    (await scene.store.runs.list('runs#listed', limit, before)).map(({ id }) =>
      Number(id.slice(-2)),
    )

  test('is newest first, and as long as was asked for though its items fill several pages', async () => {
    expect(await list(20)).toEqual(Array.from({ length: 20 }, (_, n) => 34 - n))
    expect(await list(200)).toHaveLength(25)
    expect(await list(3)).toEqual([34, 33, 32])
  })

  test('goes on before the last of the page before', async () => {
    expect(await list(3, runPartition('run-list-32'))).toEqual([31, 30, 29])
    expect(await list(200, runPartition('run-list-12'))).toEqual([11, 10])
    expect(await list(3, runPartition('run-list-10'))).toEqual([])
  })

  test('has nothing of other owners', async () => {
    expect(await scene.store.runs.list('runs#nobody', 10)).toEqual([])
  })
})

describe('the index of what is live', () => {
  const live = async (id: string) => {
    const shards = Array.from({ length: LIVE_SHARDS }, (_, n) => `live#${n}`)
    const found = await Promise.all(
      shards.map((shard) => scene.store.table.index('live', shard, 1_000)),
    )
    return found.flat().some((item) => item.id === id)
  }
  const started = async (status: 'queued' | 'running' | 'failed') => {
    const run = scene.aRun({ status })
    await scene.write(scene.store.runs.create(run.id, run))
    return run.id
  }

  test.each(['queued', 'running'] as const)('has a run that is created %s', async (status) => {
    expect(await live(await started(status))).toBe(true)
  })

  test('has no run that is created ended', async () => {
    expect(await live(await started('failed'))).toBe(false)
  })

  test('has a run until the change that ends it', async () => {
    const { runs, table } = scene.store
    const id = await started('queued')
    await runs.update(id, { set: { status: 'running' } })
    expect(await live(id)).toBe(true)
    await runs.update(id, { set: { actor: 'x' }, add: { turns: 1 } })
    expect(await live(id)).toBe(true)
    await table.transact([runs.change(id, { set: { status: 'cancelled' } })])
    expect(await live(id)).toBe(false)
    expect(await runs.get(id)).toMatchObject({ status: 'cancelled', actor: 'x' })
  })

  test('keeps a run whose end was refused', async () => {
    const id = await started('running')
    const end = { set: { status: 'failed' as const }, when: { sequence: 99 } }
    expect(await scene.store.runs.update(id, end)).toBe(false)
    expect(await live(id)).toBe(true)
  })

  test('has an attempt while it is under way', async () => {
    const { attempts } = scene.store
    const id = 'run-live-t1-a1'
    await scene.write(
      attempts.create(id, {
        id,
        runId: 'run-live',
        turnId: 'run-live-t1',
        projectId: 'p',
        number: 1,
        phase: 'code',
        state: 'launching',
        fencingToken: 1,
        cancelRequested: false,
        beats: 0,
        acts: [],
        usage: {},
        usd: 0,
        runtime: 'janitor',
        launchedAt: '2026-01-31T12:00:00.000Z',
      }),
    )
    expect(await live(id)).toBe(true)
    await attempts.update(id, { set: { state: 'succeeded' } })
    expect(await live(id)).toBe(false)
  })

  test('spreads runs over its shards', async () => {
    const shards = Array.from({ length: LIVE_SHARDS }, (_, n) => `live#${n}`)
    for (let n = 0; n < 24; n += 1) await started('running')
    for (const shard of shards)
      expect((await scene.store.table.index('live', shard, 1_000)).length).toBeGreaterThan(0)
  })
})
