import { z } from 'zod'

/** What ECS knows of a task, and what this machine knows of its process. */
export const Task = z.object({
  taskArn: z.string(),
  taskDefinitionArn: z.string(),
  clusterArn: z.string(),
  clientToken: z.string().optional(),
  startedBy: z.string().optional(),
  lastStatus: z.enum(['PROVISIONING', 'RUNNING', 'STOPPING', 'STOPPED']),
  desiredStatus: z.enum(['RUNNING', 'STOPPED']),
  /** Grows with every change, as in the service's events. */
  version: z.number().int(),
  /** Variables that override the definition's. */
  environment: z.record(z.string(), z.string()),
  process: z.object({ pid: z.number().int(), startTime: z.string() }).optional(),
  createdAt: z.number(),
  stoppedAt: z.number().optional(),
  stopCode: z.string().optional(),
  stoppedReason: z.string().optional(),
  exitCode: z.number().int().optional(),
  /** The event of its end was taken by everybody. */
  reported: z.boolean().default(false),
})
export type Task = z.infer<typeof Task>

/** The parts of a task definition that are used here; the others are kept as they came. */
export const TaskDefinition = z.looseObject({
  taskDefinitionArn: z.string(),
  family: z.string(),
  revision: z.number().int(),
  containerDefinitions: z
    .array(
      z.looseObject({
        name: z.string(),
        environment: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
        secrets: z.array(z.object({ name: z.string(), valueFrom: z.string() })).default([]),
      }),
    )
    .min(1),
})
export type TaskDefinition = z.infer<typeof TaskDefinition>

/** A task definition before it has its revision. */
export const NewTaskDefinition = TaskDefinition.omit({ taskDefinitionArn: true, revision: true })
export type NewTaskDefinition = z.infer<typeof NewTaskDefinition>
