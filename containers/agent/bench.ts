import { join } from 'node:path'
import type { AttemptRequest } from '#core/contracts/attempt-request.ts'
import type { FaultClass } from '#core/faults.ts'
import type { AsAgent } from './processes/as-agent.ts'
import { type BoundedFile, boundedFile } from './processes/bounded-file.ts'
import type { Suspects } from './processes/kill-all.ts'
import type { Observation } from './watch.ts'
import type { Worker } from './worker.ts'
import type { Folders } from './workspace/folders.ts'
import type { Git } from './workspace/git.ts'
import type { Workspace } from './workspace/prepare.ts'

/** What the stages of an attempt work with. `workspace` is there once it is prepared. */
export interface Bench {
  readonly worker: Worker
  readonly request: AttemptRequest
  readonly observation: Observation
  readonly folders: Folders
  readonly git: Git
  /** Git with an index of its own, so that a snapshot leaves the agent's alone. */
  readonly shadowGit: Git
  readonly asAgent: AsAgent
  /** For everything that is run on the agent's behalf. */
  readonly env: Record<string, string>
  readonly signal: AbortSignal
  readonly transcript: BoundedFile
  readonly stderr: BoundedFile
  workspace: Workspace | undefined
  /** Interrupts the agent where it can go on in its session; false where it cannot (T5). */
  nudge: (fault: FaultClass) => boolean
  /** Process group of the agent. */
  group: number | undefined
  checkpoints: number
  /** Its result is in the bucket, and the workflow is being told. */
  handedIn: boolean
}

/** Opens what the agent's output is kept in. */
export const openOutput = ({ root }: Folders): Pick<Bench, 'transcript' | 'stderr'> => ({
  transcript: boundedFile(join(root, TRANSCRIPT)),
  stderr: boundedFile(join(root, STDERR)),
})

export const TRANSCRIPT = 'transcript.jsonl'
export const STDERR = 'stderr.log'

/** The agent's processes. */
export const suspectsOf = ({ request, worker, group }: Bench): Suspects => ({
  attemptId: request.attemptId,
  uid: worker.settings.VIGIL_AGENT_UID,
  group,
})
