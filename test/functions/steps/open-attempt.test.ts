import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AttemptRequest } from '#core/contracts/attempt-request.ts'
import type { Run } from '#core/contracts/run.ts'
import type { Turn } from '#core/contracts/turn.ts'
import { buildRequest } from '#functions/attempt/build-request.ts'
import { openAttempt } from '#functions/steps/open-attempt.ts'
import { openCycle } from '#functions/steps/open-cycle.ts'
import { attemptKeys } from '#functions/store/keys.ts'
import { openScene, type Scene } from '#test/functions/scene.ts'

let scene: Scene

beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene.close())

const RUNNING = { status: 'running', attempts: 0, attemptId: undefined } as const

describe('OpenAttempt', () => {
  test('launches: request in the bucket, fencing token grown, deadlines of T2; twice is once', async () => {
    const run = await scene.run()
    const turn = await scene.turn(run, 1, 'discovery', RUNNING)
    const input = { runId: run.id, turnId: turn.id }
    const answer = await openAttempt(scene.world)(input)
    expect(answer).toMatchObject({
      verdict: 'launch',
      attemptId: `${turn.id}-a1`,
      heartbeatSeconds: 180,
    })
    expect(await openAttempt(scene.world)(input)).toEqual(answer)
    const { store } = scene.world
    const attempt = await store.attempts.get(`${turn.id}-a1`)
    expect(attempt).toMatchObject({ state: 'launching', fencingToken: 2, runtime: 'janitor' })
    const request = await store.bucket.getJson(attemptKeys(`${turn.id}-a1`).request, AttemptRequest)
    expect(request).toMatchObject({ phase: 'discovery', origin: { kind: 'source' } })
    expect(await store.runs.get(run.id)).toMatchObject({ attempts: 1 })
  })

  test('a second attempt is told why, and goes on from the checkpoint (T7)', async () => {
    const run = await scene.run()
    const turn = await scene.turn(run, 1, 'code', { status: 'running', attempts: 1 })
    await scene.attempt(turn, { state: 'lost', class: 'worker.lost' })
    const answer = await openAttempt(scene.world)({ runId: run.id, turnId: turn.id })
    expect(answer).toMatchObject({ attemptId: `${turn.id}-a2` })
    const key = attemptKeys(`${turn.id}-a2`).request
    const request = await scene.world.store.bucket.getJson(key, AttemptRequest)
    expect(request?.restart).toMatchObject({ class: 'worker.lost' })
  })

  test.each([
    ['cancelled', { cancel: { at: '2026-01-31T12:00:00.000Z', by: 'test' } }, 'cancelled'],
    ['out of budget (T12)', { usd: 10 }, 'budget'],
    ['past its deadline (S5)', { deadlineAt: '2026-01-01T00:00:00.000Z' }, 'timed_out'],
  ])('a run that is %s gets no attempt: the turn ends', async (_, set, status) => {
    const run = await scene.run(set)
    const turn = await scene.turn(run, 1, 'code', RUNNING)
    const answer = await openAttempt(scene.world)({ runId: run.id, turnId: turn.id })
    expect(answer).toEqual({ verdict: 'give_up' })
    expect(await scene.world.store.turns.get(turn)).toMatchObject({ status })
    expect(await scene.kinds(run.id)).toEqual(['turn.ended'])
  })

  test('without the lease there is no attempt', async () => {
    const project = await scene.project()
    const older = await scene.run({}, project)
    const turn = await scene.turn(older, 1, 'code', RUNNING)
    await scene.run({}, project)
    const answer = await openAttempt(scene.world)({ runId: older.id, turnId: turn.id })
    expect(answer).toEqual({ verdict: 'give_up' })
    expect(await scene.world.store.attempts.get(`${turn.id}-a1`)).toBeUndefined()
  })

  describe('D6: the first coding turn of a run that resumes another', () => {
    const CHECKPOINT = { key: 'attempts/x/checkpoint-2.bundle', commit: 'c'.repeat(40) }
    const resumed = async (headCommit?: string) => {
      const { store } = scene.world
      const project = await scene.project()
      const old = await scene.run({ status: 'blocked' }, project)
      const oldTurn = await scene.turn(old, 1, 'code', { status: 'blocked' })
      const plan = await scene.plan(old, { status: 'failed' })
      await openCycle(scene.world)({ runId: old.id })
      const left = await scene.attempt(oldTurn, { state: 'stalled', checkpoint: CHECKPOINT })
      const run = await scene.run({ planId: plan.id, resumes: old.id }, project)
      await openCycle(scene.world)({ runId: run.id })
      const { cycleId = '' } = (await store.runs.get(old.id)) ?? {}
      const cycle = await store.cycles.get(cycleId)
      if (!cycle) throw new Error('there is no cycle')
      const { baseCommit, baseKey, branch } = cycle
      const request = await anAttemptRequestOf(run, oldTurn)
      await store.bucket.putJson(attemptKeys(left).request, {
        ...request,
        origin: { kind: 'cycle', branch, baseCommit, baseKey },
      })
      if (headCommit) {
        const head = { commit: headCommit, key: 'attempts/y/checkpoint-1.bundle' }
        await store.table.transact([store.cycles.change(cycleId, { set: { head } })])
      }
      await store.table.transact([store.runs.change(run.id, { set: { cycleId } })])
      return anAttemptRequestOf({ ...run, cycleId }, await scene.turn(run, 1, 'code', RUNNING))
    }
    const anAttemptRequestOf = async (run: Run, turn: Turn): Promise<AttemptRequest> => {
      const attempt = { id: `${turn.id}-a9`, number: 9, fencingToken: 9, nonce: 'n' }
      return buildRequest(scene.world.store, run, turn, attempt, undefined)
    }

    test('goes on from what that one left unfinished', async () => {
      expect((await resumed()).origin).toMatchObject({ kind: 'cycle', head: CHECKPOINT })
    })

    test("begins at the cycle's head where that has moved since", async () => {
      const commit = 'd'.repeat(40)
      expect((await resumed(commit)).origin).toMatchObject({ kind: 'cycle', head: { commit } })
    })
  })
})
