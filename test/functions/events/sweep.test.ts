import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sweep } from '#functions/events/sweep.ts'
import { slotsTaken, takeSlot } from '#functions/store/slots.ts'
import type { World } from '#functions/world.ts'
import { openScene, type Scene } from '#test/functions/scene.ts'

let scene: Scene

beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene.close())

const OLD = '2026-01-31T12:00:00.000Z'
const corrections = async (runId: string) =>
  (await scene.world.store.events.all(`run#${runId}`, 'event#'))
    .filter(({ kind }) => kind === 'sweep.corrected')
    .map(({ reason }) => reason)

describe('the sweeper (S3)', () => {
  test('starts the pipeline of a run that never got one, and settles it when that is over', async () => {
    const { store } = scene.world
    const run = await scene.run({ status: 'queued', createdAt: OLD })
    await sweep(scene.world)({})
    expect(await corrections(run.id)).toEqual(['execution_started'])
    const { StopExecutionCommand } = await import('@aws-sdk/client-sfn')
    const machine = scene.world.settings.VIGIL_PIPELINE_ARN
    const executionArn = `${machine.replace(':stateMachine:', ':execution:')}:${run.id}`
    await scene.world.workflows.send(new StopExecutionCommand({ executionArn, error: 'lost' }))
    await sweep(scene.world)({})
    expect(await corrections(run.id)).toEqual(['execution_started', 'settled'])
    expect(await store.runs.get(run.id)).toMatchObject({ status: 'failed', reason: 'bug' })
  })

  test('leaves alone a run that is young: its execution may be on the way', async () => {
    const run = await scene.run({ status: 'queued', createdAt: new Date().toISOString() })
    await sweep(scene.world)({})
    expect(await corrections(run.id)).toEqual([])
  })

  test('starts it at once when the plane itself begins, and leaves tasks to those who tell of them', async () => {
    const run = await scene.run({ status: 'queued', createdAt: new Date().toISOString() })
    const over = await scene.run({ status: 'failed' })
    const turn = await scene.turn(over, 1, 'code', { status: 'running' })
    await scene.attempt(turn, { state: 'working' })
    await sweep(scene.world)({ beginning: true })
    expect(await corrections(run.id)).toEqual(['execution_started'])
    expect(await corrections(over.id)).toEqual([])
  })

  test('ends an attempt that outlived its run', async () => {
    const run = await scene.run({ status: 'failed' })
    const turn = await scene.turn(run, 1, 'code', { status: 'running' })
    const attemptId = await scene.attempt(turn, { state: 'working' })
    await sweep(scene.world)({})
    expect(await scene.world.store.attempts.get(attemptId)).toMatchObject({ state: 'lost' })
    expect(await corrections(run.id)).toEqual(['attempt_ended', 'lease_released'])
  })

  test('never acts on a task that it cannot tell of (T7)', async () => {
    const run = await scene.run({ status: 'failed' })
    const turn = await scene.turn(run, 1, 'code', { status: 'running' })
    const attemptId = await scene.attempt(turn, {
      state: 'working',
      taskArn: 'arn:aws:ecs:local:0:task/vigil/unheard-of',
      launchedAt: new Date().toISOString(),
    })
    await sweep(scene.world)({})
    expect(await scene.world.store.attempts.get(attemptId)).toMatchObject({ state: 'working' })
    expect(await corrections(run.id)).toEqual(['lease_released'])
  })

  test('frees the lease and the slot of a run that has ended', async () => {
    const { store } = scene.world
    const run = await scene.run({ status: 'executed' })
    await store.table.transact([takeSlot(store.table, run.id, 20)])
    const counted: [string, number][] = []
    const count: World['count'] = (metric, value) => void counted.push([metric, value])
    const { corrected } = await sweep({ ...scene.world, count })({})
    expect(counted).toEqual([['SweepCorrections', corrected.length]])
    expect(corrected).toEqual(expect.arrayContaining(['lease_released', 'slot_released']))
    expect((await store.leases.get(run.projectId))?.runId).toBeUndefined()
    expect(await slotsTaken(store.table)).toBe(0)
  })

  test('a second sweep finds nothing to correct', async () => {
    await sweep(scene.world)({})
    expect(await sweep(scene.world)({})).toMatchObject({ corrected: [] })
  })
})
