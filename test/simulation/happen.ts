import { SendTaskFailureCommand, SendTaskSuccessCommand } from '@aws-sdk/client-sfn'
import { cancelRun } from '#functions/run/cancel-run.ts'
import type { Scene } from './scene.ts'
import type { Happening } from './schedule.ts'
import { boots, dies } from './task-happens.ts'
import { worksOn } from './works-on.ts'

/** Lets one thing happen; false when there is nothing that it could happen to. */
export const happen = async (scene: Scene, it: Happening): Promise<boolean> => {
  const { plane, runId } = scene
  const { clock, deliveries } = plane
  const background = (work: Promise<unknown>) => void clock.work(work).catch(() => undefined)
  switch (it.what) {
    case 'time':
      await clock.pass(it.seconds)
      return true
    case 'cancel':
      background(cancelRun(plane.world, runId, 'somebody'))
      return true
    case 'sweep':
      background(plane.call('sweep', {}))
      return true
    case 'launch':
      plane.ecs.launch = it.how
      return true
    case 'step':
      plane.faults.next = it
      return true
    case 'blind':
      plane.ecs.blind = { until: clock.now() + it.seconds * 1000, how: it.how }
      return true
    case 'abort':
      deliveries.ofExecutionEnd = it.told
      return abort(scene, it.of)
    case 'end told again':
      return tellAgain(scene, 'onTaskStopped', deliveries.taskEnds.at(-1))
    case 'pipeline end told again':
      return tellAgain(scene, 'onExecutionEnded', deliveries.executionEnds.at(-1))
    case 'end of another told':
      return endOfAnother(scene)
    case 'boots':
      return boots(scene)
    case 'dies':
      return dies(scene, it.of, () => {
        deliveries.ofTaskEnd = it.told
      })
    case 'stale beat':
      return stale(scene, undefined)
    case 'stale answer':
      return stale(scene, it.how)
    default:
      return worksOn(scene, it)
  }
}

const abort = (scene: Scene, of: 'pipeline' | 'turn'): boolean => {
  const { engine, clock } = scene.plane
  const stateMachineArn = engine.stateMachineArn(of)
  const { executions } = engine.listExecutions({ stateMachineArn, statusFilter: 'RUNNING' })
  const [running] = executions
  if (!running) return false
  void clock.work(engine.stopExecution({ executionArn: running.executionArn, error: 'operator' }))
  return true
}

const tellAgain = (
  { plane }: Scene,
  handler: 'onTaskStopped' | 'onExecutionEnded',
  event: object | undefined,
): boolean => {
  if (!event) return false
  plane.call(handler, event).catch(() => undefined)
  return true
}

/** A task of the same name that is not the attempt's, such as one that was started by hand. */
const endOfAnother = (scene: Scene): boolean => {
  const attempt = scene.attempts().at(-1)
  if (attempt?.taskArn === undefined) return false
  const time = new Date(scene.plane.clock.now()).toISOString()
  const detail = {
    taskArn: `${attempt.taskArn}-other`,
    startedBy: attempt.id,
    lastStatus: 'STOPPED',
  }
  return tellAgain(scene, 'onTaskStopped', { time, detail })
}

/** A supervisor whose attempt is over is heard once more: a packet that was under way, a host that woke. */
const stale = (scene: Scene, answer: 'success' | 'failure' | undefined): boolean => {
  const ended = (id: string) => scene.attempts().find((each) => each.id === id)?.endedAt
  const ghost = scene.supervisors.find(({ attemptId, beats }) => beats && ended(attemptId))
  if (!ghost) return false
  const { clock, world } = scene.plane
  const { taskToken } = ghost
  const say = {
    success: () => new SendTaskSuccessCommand({ taskToken, output: '{}' }),
    failure: () => new SendTaskFailureCommand({ taskToken, error: 'bug', cause: 'late' }),
  }
  const heard = answer ? world.workflows.send(say[answer]() as never) : ghost.beats?.flush()
  void clock.work(Promise.resolve(heard)).catch(() => undefined)
  return true
}
