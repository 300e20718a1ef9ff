import type { IRole } from 'aws-cdk-lib/aws-iam'
import type { Images } from './runtime.ts'

/** Where the runtimes' images come from: built in the account, or given. */
export interface ImageSource {
  readonly uris: Images
  /** Lets a task's execution role pull them. */
  grantPull(to: IRole): void
}
