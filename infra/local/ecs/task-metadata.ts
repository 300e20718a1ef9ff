import { type EcsEngine, idOf } from './ecs.ts'

/** What a task's metadata endpoint answers at `/task`. */
export const taskMetadata = (engine: EcsEngine, taskId: string): unknown => {
  const task = engine.store.tasks().find(({ taskArn }) => idOf(taskArn) === taskId)
  return task && { TaskARN: task.taskArn, Cluster: task.clusterArn, KnownStatus: task.lastStatus }
}
