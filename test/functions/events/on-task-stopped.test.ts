import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { classifyTask } from '#core/decisions/classify-end.ts'
import { onTaskStopped } from '#functions/events/on-task-stopped.ts'
import { openScene, type Scene } from '#test/functions/scene.ts'

let scene: Scene

beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene.close())

const event = (startedBy: string, set: Record<string, unknown> = {}) => ({
  time: '2026-01-31T12:00:00.000Z',
  detail: {
    taskArn: 'arn:task/1',
    startedBy,
    lastStatus: 'STOPPED',
    desiredStatus: 'STOPPED',
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
    containers: [{ exitCode: 137 }],
    ...set,
  },
})

const working = async (set: Record<string, unknown> = {}) => {
  const run = await scene.run()
  const turn = await scene.turn(run, 1, 'code', { status: 'running' })
  return scene.attempt(turn, { state: 'working', taskArn: 'arn:task/1', ...set })
}

describe('on-task-stopped', () => {
  test('keeps how the task came to its end; a duplicate changes nothing (T9)', async () => {
    const attemptId = await working()
    expect(await onTaskStopped(scene.world)(event(attemptId))).toEqual({ acted: true })
    const first = await scene.world.store.attempts.get(attemptId)
    expect(first?.taskEnd).toMatchObject({ exitCode: 137, stopCode: 'EssentialContainerExited' })
    const late = event(attemptId, { stoppedReason: 'something else' })
    expect(await onTaskStopped(scene.world)(late)).toEqual({ acted: false })
    expect(await scene.world.store.attempts.get(attemptId)).toEqual(first)
  })

  test.each([
    ["another task's", { taskArn: 'arn:task/2' }],
    ["a running task's", { lastStatus: 'RUNNING' }],
  ])('%s event changes nothing', async (_, set) => {
    const attemptId = await working()
    expect(await onTaskStopped(scene.world)(event(attemptId, set))).toEqual({ acted: false })
    expect((await scene.world.store.attempts.get(attemptId))?.taskEnd).toBeUndefined()
  })

  test('out of memory is known from what the container says (T9)', async () => {
    const attemptId = await working()
    const reason = 'OutOfMemoryError: Container killed due to memory usage'
    await onTaskStopped(scene.world)(event(attemptId, { containers: [{ exitCode: 137, reason }] }))
    const { taskEnd } = (await scene.world.store.attempts.get(attemptId)) ?? {}
    expect(taskEnd && classifyTask(taskEnd)).toBe('worker.oom')
  })

  test('a task of somebody else is none of ours', async () => {
    expect(await onTaskStopped(scene.world)(event('ecs-svc/123'))).toEqual({ acted: false })
  })

  test('a token that nobody waits for is no failure', async () => {
    const attemptId = await working({ taskToken: 'long-gone' })
    expect(await onTaskStopped(scene.world)(event(attemptId))).toEqual({ acted: true })
  })
})
