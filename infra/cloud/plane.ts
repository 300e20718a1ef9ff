import type { EventBus } from 'aws-cdk-lib/aws-events'
import type { ArtifactBucket } from './artifact-bucket.ts'
import type { Context } from './context.ts'
import type { DeadLetters } from './dead-letters.ts'
import type { ImageSource } from './images/image-source.ts'
import type { Network } from './network.ts'
import type { ProjectTasks } from './project-tasks.ts'
import type { StateTable } from './state-table.ts'
import type { TaskCluster } from './task-cluster.ts'

/** What the plane's functions work with. */
export interface Plane {
  readonly context: Context
  /** Folder in which each function's bundle lies under its name. */
  readonly bundles: string
  readonly table: StateTable
  readonly bucket: ArtifactBucket
  readonly bus: EventBus
  readonly deadLetters: DeadLetters
  readonly network: Network
  readonly cluster: TaskCluster
  readonly images: ImageSource
  readonly tasks: ProjectTasks
}

/** ARNs of the workflows that new runs are started on. */
export interface WorkflowArns {
  readonly pipeline: string
  readonly turn: string
}
