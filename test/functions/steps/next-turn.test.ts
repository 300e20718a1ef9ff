import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nextTurn } from '#functions/steps/next-turn.ts'
import { openScene, type Scene } from '#test/functions/scene.ts'

let scene: Scene

beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene.close())

describe('NextTurn', () => {
  test('opens the turn that the table asks for; while it runs, answers it again (E1, S4)', async () => {
    const run = await scene.run()
    await scene.plan(run)
    await scene.turn(run, 1, 'discovery')
    for (const _ of ['first', 'second'])
      expect(await nextTurn(scene.world)({ runId: run.id })).toEqual({
        next: 'code',
        turnId: `${run.id}-t2`,
      })
    expect(await scene.kinds(run.id)).toEqual(['turn.started'])
  })

  test('a coding turn that wants to go on gets its own next task (E7)', async () => {
    const run = await scene.run()
    await scene.plan(run)
    const turn = await scene.turn(run, 1, 'code', { verdict: 'continue' })
    await scene.result(turn.attemptId ?? '', {
      completion: { status: 'continue', summary: 'half', nextTask: 'the other half' },
    })
    await nextTurn(scene.world)({ runId: run.id })
    expect(await scene.world.store.turns.get({ runId: run.id, number: 2 })).toMatchObject({
      phase: 'code',
      nextTask: 'the other half',
    })
  })

  test('a cancelled run, and one whose report is done, end', async () => {
    const cancelled = await scene.run({ cancel: { at: '2026-01-31T12:00:00.000Z', by: 'test' } })
    expect(await nextTurn(scene.world)({ runId: cancelled.id })).toMatchObject({ next: 'end' })
    const reported = await scene.run()
    await scene.turn(reported, 1, 'report', { verdict: 'complete' })
    expect(await nextTurn(scene.world)({ runId: reported.id })).toMatchObject({ next: 'end' })
  })
})
