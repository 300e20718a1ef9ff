import type { AttemptRequest } from '#core/contracts/attempt-request.ts'
import type { AsAgent } from './processes/as-agent.ts'
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
  workspace: Workspace | undefined
  /** Process group of the agent. */
  group: number | undefined
  checkpoints: number
}

/** The agent's processes. */
export const suspectsOf = ({ request, worker, group }: Bench): Suspects => ({
  attemptId: request.attemptId,
  uid: worker.settings.VIGIL_AGENT_UID,
  group,
})
