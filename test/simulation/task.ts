/** A task on record, as ECS's events and answers show it. */
export interface SimulatedTask {
  readonly taskArn: string
  readonly startedBy: string
  readonly createdAt: number
  lastStatus: 'PROVISIONING' | 'RUNNING' | 'STOPPED'
  desiredStatus: 'RUNNING' | 'STOPPED'
  stoppedAt?: Date
  stopCode?: string
  stoppedReason?: string
  readonly containers: { exitCode?: number; reason?: string }[]
  /** What runs in it ends by itself at SIGTERM; otherwise the grace has to pass. */
  stopping?: () => void
  /** Nothing that ran in it is alive any more. */
  stopped?: () => void
}

/** What RunTask does the next time: `lost` starts a task and its answer never comes, `slow` takes its time. */
export type Launch = 'runs' | 'slow' | 'lost' | 'capacity' | 'throttled' | 'quota' | 'refused'

/** How a task ends. */
export interface TaskStop {
  readonly stopCode: string
  readonly stoppedReason: string
  readonly exitCode?: number
  readonly reason?: string
}

/** A task as it is told of. */
export const shown = ({ stopping, stopped, ...task }: SimulatedTask): object =>
  structuredClone(task)

/** An error as a service or its network gives it. */
export const errorOf = (name: string, more: object = {}): Error =>
  Object.assign(new Error(name), { name, ...more })
