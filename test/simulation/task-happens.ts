import type { Scene } from './scene.ts'
import type { Death } from './schedule.ts'
import type { TaskStop } from './task.ts'

/** The newest task's process begins; where one did already, a second for the same attempt. */
export const boots = (scene: Scene): boolean => {
  const { ecs } = scene.plane
  const task = ecs.tasks.at(-1)
  if (!task) return false
  const first = !scene.supervisors.some((other) => other.task === task)
  if (first && task.lastStatus === 'STOPPED') return false
  scene.boot(first ? task : { ...task, taskArn: `${task.taskArn}-twin`, containers: [{}] })
  return true
}

/** The newest task comes to a bad end; `before` is done where there is one. */
export const dies = (scene: Scene, of: Death, before: () => void): boolean => {
  const { ecs } = scene.plane
  const task = ecs.tasks.at(-1)
  if (!task || task.lastStatus === 'STOPPED') return false
  const unstarted = of === 'image' || of === 'unstarted'
  if (unstarted && task.lastStatus !== 'PROVISIONING') return false
  const supervisor = scene.supervisors.find((other) => other.task === task)
  if (supervisor?.state === 'gone') return false
  before()
  if (supervisor) supervisor.die(STOPS[of])
  else ecs.end(task, STOPS[of])
  return true
}

const STOPS: Record<Death, TaskStop> = {
  crash: { stopCode: 'EssentialContainerExited', stoppedReason: 'it exited', exitCode: 137 },
  oom: {
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'it exited',
    exitCode: 137,
    reason: 'OutOfMemoryError: Container killed due to memory usage',
  },
  reclaimed: { stopCode: 'SpotInterruption', stoppedReason: 'Your Spot Task was interrupted.' },
  host: { stopCode: 'TerminationNotice', stoppedReason: 'Host EC2 terminated.' },
  image: { stopCode: 'TaskFailedToStart', stoppedReason: 'CannotPullContainerError: no such' },
  unstarted: { stopCode: 'TaskFailedToStart', stoppedReason: 'Unexpected EC2 error' },
}
