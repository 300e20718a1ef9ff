import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runPartition } from '#functions/store/run.ts'
import { openTestStore, type TestStore } from './open-test-store.ts'

let scene: TestStore
beforeAll(async () => {
  scene = await openTestStore()
})
afterAll(() => scene.close())

describe('an item', () => {
  test('is there when it was created, and is not there before', async () => {
    const { store } = scene
    const run = scene.aRun({ task: 'ünïcödé 漢字 😀 "quoted"', usd: 0.1 + 0.2 })
    expect(await store.runs.get(run.id)).toBeUndefined()
    await scene.write(store.runs.create(run.id, run))
    expect(await store.runs.get(run.id)).toEqual(run)
  })

  test('is created once: a second create is refused and changes nothing', async () => {
    const { store } = scene
    const run = scene.aRun()
    await scene.write(store.runs.create(run.id, run))
    const again = store.runs.create(run.id, { ...run, actor: 'somebody else' })
    expect(await store.table.transact([again])).toBe(false)
    expect(await store.runs.get(run.id)).toEqual(run)
  })

  test('that does not parse is refused at the door', async () => {
    const { store } = scene
    const run = scene.aRun()
    await scene.write(store.runs.create(run.id, { ...run, trigger: 'unheard-of' as 'manual' }))
    await expect(store.runs.get(run.id)).rejects.toThrow(/trigger/)
  })
})

describe('a change', () => {
  const created = async (set = {}) => {
    const run = scene.aRun(set)
    await scene.write(scene.store.runs.create(run.id, run))
    return run
  }

  test('writes only what it names, and leaves what others wrote meanwhile', async () => {
    const { runs } = scene.store
    const { id } = await created()
    await Promise.all([
      runs.update(id, { set: { task: 'first' } }),
      runs.update(id, { set: { attention: 'second' } }),
      runs.update(id, { add: { turns: 1 } }),
      runs.update(id, { add: { turns: 2, usd: 0.5 } }),
    ])
    expect(await runs.get(id)).toMatchObject({
      task: 'first',
      attention: 'second',
      turns: 3,
      usd: 0.5,
      actor: 'test',
    })
  })

  test('removes what is set to undefined, also what was never there', async () => {
    const { runs } = scene.store
    const { id } = await created({ task: 'x' })
    await runs.update(id, { set: { task: undefined, planId: undefined, actor: 'y' } })
    const run = await runs.get(id)
    expect(run).toMatchObject({ actor: 'y' })
    expect(run).not.toHaveProperty('task')
  })

  test('replaces an object whole', async () => {
    const { runs } = scene.store
    const { id } = await created({ report: { markdown: 'a', json: 'b' } })
    await runs.update(id, { set: { report: { markdown: 'c', json: 'd' } } })
    expect((await runs.get(id))?.report).toEqual({ markdown: 'c', json: 'd' })
  })

  test('of what is not there is refused and creates nothing', async () => {
    const { runs, table } = scene.store
    expect(await runs.update('run-none', { set: { actor: 'x' } })).toBe(false)
    expect(await table.transact([runs.change('run-none', { set: { actor: 'x' } })])).toBe(false)
    expect(await runs.get('run-none')).toBeUndefined()
  })

  test('that only asks whether something holds changes nothing', async () => {
    const { runs, table } = scene.store
    const run = await created()
    const ask = (status: 'running' | 'queued') =>
      table.transact([runs.change(run.id, { when: { status } })])
    expect([await ask('running'), await ask('queued')]).toEqual([true, false])
    expect(await runs.update(run.id, { when: { status: 'queued' } })).toBe(false)
    expect(await runs.update(run.id, { when: { status: 'running' } })).toBe(true)
    expect(await runs.get(run.id)).toEqual(run)
  })
})

describe('what must hold for a change', () => {
  test.each<[when: Record<string, unknown>, holds: boolean]>([
    [{ status: 'running' }, true],
    [{ status: 'queued' }, false],
    [{ status: ['queued', 'running'] }, true],
    [{ status: ['queued', 'failed'] }, false],
    [{ status: [] }, false],
    [{ planId: null }, true],
    [{ task: null }, false],
    [{ task: 'given' }, true],
    [{ planId: 'plan-1' }, false],
    [{ sequence: 0 }, true],
    [{ sequence: '0' }, false],
    [{ usdEstimated: false }, true],
    [{ usdEstimated: true }, false],
    [{ status: 'running', sequence: 0, planId: null }, true],
    [{ status: 'running', sequence: 1, planId: null }, false],
  ])('%j: %s', async (when, holds) => {
    const { runs, table } = scene.store
    const run = scene.aRun({ task: 'given' })
    await scene.write(runs.create(run.id, run))
    const change = { set: { actor: 'changed' }, when: when as Record<string, string> }
    expect(await runs.update(run.id, change)).toBe(holds)
    expect((await runs.get(run.id))?.actor).toBe(holds ? 'changed' : 'test')
    expect(
      await table.transact([runs.change(run.id, { ...change, set: { attention: 'x' } })]),
    ).toBe(holds)
  })
})

test('of many who change at once only where a value is as they saw it, one wins each time', async () => {
  const { runs } = scene.store
  const run = scene.aRun()
  await scene.write(runs.create(run.id, run))
  for (const round of [0, 1, 2]) {
    const won = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        runs.update(run.id, {
          set: { sequence: round + 1, actor: `${n}` },
          when: { sequence: round },
        }),
      ),
    )
    expect(won.filter(Boolean)).toHaveLength(1)
    expect((await runs.get(run.id))?.actor).toBe(`${won.indexOf(true)}`)
  }
})

test('each noun is kept under its own key', async () => {
  const { store } = scene
  const turn = { runId: 'run-keys', number: 1 }
  await scene.write(
    store.leases.create('p', { fencingToken: 1 }),
    store.days.create({ projectId: 'p', date: '2026-01-31' }, { fires: 1, usd: 2 }),
    store.days.create({ projectId: 'p', date: '2026-02-01' }, { fires: 3, usd: 4 }),
    store.planKeys.create({ projectId: 'p', dedupeKey: 'mend' }, { planId: 'plan-1' }),
    store.fires.create('fire-1', { runId: 'run-keys', expiresAt: 1 }),
    store.tokens.create('hash', { name: 'owner', scopes: ['read'], expiresAt: 1 }),
    store.events.create(
      { runId: 'run-keys', sequence: 1 },
      {
        runId: 'run-keys',
        sequence: 1,
        at: '2026-01-31T12:00:00.000Z',
        actor: 'x',
        kind: 'run.started',
      },
    ),
    store.turns.create(turn, {
      id: 'run-keys-t1',
      runId: 'run-keys',
      projectId: 'p',
      number: 1,
      phase: 'code',
      section: 0,
      status: 'running',
      attempts: 0,
      failures: {},
      model: 0,
      startedAt: '2026-01-31T12:00:00.000Z',
    }),
  )
  expect(await store.leases.get('p')).toEqual({ fencingToken: 1 })
  expect(await store.days.get({ projectId: 'p', date: '2026-02-01' })).toEqual({ fires: 3, usd: 4 })
  expect(await store.planKeys.get({ projectId: 'p', dedupeKey: 'mend' })).toEqual({
    planId: 'plan-1',
  })
  expect(await store.fires.get('fire-1')).toMatchObject({ runId: 'run-keys' })
  expect(await store.tokens.get('hash')).toMatchObject({ name: 'owner' })
  expect(await store.turns.get(turn)).toMatchObject({ phase: 'code' })
  expect(await store.events.all(runPartition('run-keys'), 'event#')).toHaveLength(1)
})
