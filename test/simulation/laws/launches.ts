import type { Scene } from '../scene.ts'
import type { Supervisor } from '../supervisor.ts'
import type { Commit } from '../table/memory-table.ts'
import type { SimulatedTask } from '../task.ts'
import { law } from './view.ts'

/** When a task starts, those of attempts that failed before are known to have stopped (T7). */
export const brokenByLaunch = (scene: Scene, task: SimulatedTask): string[] => {
  const failed = new Set(
    scene
      .attempts()
      .filter(({ state }) => state !== 'succeeded')
      .map(({ id }) => id),
  )
  const running = scene.plane.ecs.tasks.filter(
    (other) => other !== task && other.lastStatus !== 'STOPPED' && failed.has(other.startedBy),
  )
  return running.map(
    (other) => `${task.startedBy} was launched while the task of ${other.startedBy} was running`,
  )
}

/** Who works has the attempt to itself, and the workflow waits for it (T10). */
export const brokenByClaim = (scene: Scene, supervisor: Supervisor): string[] => {
  const { attemptId, waitedFor, task } = supervisor
  const attempt = scene.attempts().find(({ id }) => id === attemptId)
  const twins = scene.supervisors.filter(
    (other) => other.attemptId === attemptId && other.request !== undefined,
  )
  return [
    ...law(twins.length === 1, `${twins.length} supervisors claimed ${attemptId}`),
    ...law(attempt?.claim?.taskArn === task.taskArn, `${attemptId} works and is not claimed by it`),
    ...law(waitedFor, `${attemptId} was claimed when its workflow had gone on`),
  ]
}

/** Only a run whose pipeline is over is ended from outside (S3). */
export const brokenBySettling = ({ plane, runId }: Scene, changes: readonly Commit[]): string[] => {
  const actor = changes.find(({ after }) => after.kind === 'run.ended')?.after.actor
  if (actor === undefined || actor === 'SettleRun') return []
  const executionArn = `${plane.world.settings.VIGIL_PIPELINE_ARN.replace(':stateMachine:', ':execution:')}:${runId}`
  const { status } = plane.engine.describeExecution({ executionArn })
  return law(status !== 'RUNNING', `${actor} ended a run whose pipeline was running`)
}
