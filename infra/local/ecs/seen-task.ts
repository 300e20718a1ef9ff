import type { Task } from './task.ts'

/** A task as ECS's answers and events show it. Times in seconds since the epoch. */
export const seenTask = (task: Task) => ({
  taskArn: task.taskArn,
  taskDefinitionArn: task.taskDefinitionArn,
  clusterArn: task.clusterArn,
  lastStatus: task.lastStatus,
  desiredStatus: task.desiredStatus,
  version: task.version,
  startedBy: task.startedBy,
  createdAt: task.createdAt / 1000,
  stoppedAt: task.stoppedAt === undefined ? undefined : task.stoppedAt / 1000,
  stopCode: task.stopCode,
  stoppedReason: task.stoppedReason,
  containers: [{ name: 'agent', lastStatus: task.lastStatus, exitCode: task.exitCode }],
})
