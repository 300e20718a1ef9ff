import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { runAgent } from '#functions/steps/run-agent.ts'
import { openScene, type Scene } from '#test/functions/scene.ts'

let scene: Scene

beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene.close())

const launching = async (set: Record<string, unknown> = {}) => {
  const run = await scene.run()
  const turn = await scene.turn(run, 1, 'code', { status: 'running' })
  return { runId: run.id, attemptId: await scene.attempt(turn, set), taskToken: 'token' }
}

describe('RunAgent', () => {
  test('starts one task for an attempt, however often it runs (T10)', async () => {
    const input = await launching()
    const first = await runAgent(scene.world)(input)
    expect(await runAgent(scene.world)(input)).toEqual(first)
    const attempt = await scene.world.store.attempts.get(input.attemptId)
    expect(attempt).toMatchObject({ taskArn: first.taskArn, taskToken: 'token', state: 'starting' })
    expect(await scene.kinds(input.runId)).toEqual(['attempt.launched'])
  })

  test('an attempt that is over, or to be cancelled, gets no task', async () => {
    for (const set of [{ state: 'lost' }, { cancelRequested: true }])
      await expect(runAgent(scene.world)(await launching(set))).rejects.toMatchObject({
        name: 'cancelled',
      })
  })
})
