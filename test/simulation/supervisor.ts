import type { Beats } from '#containers/agent/beats.ts'
import type { Outcome } from '#containers/agent/outcome.ts'
import type { Observation } from '#containers/agent/watch.ts'
import type { AttemptRequest } from '#core/contracts/attempt-request.ts'
import type { Fault } from '#core/faults.ts'
import type { Agent } from './agent.ts'
import type { SimulatedTask, TaskStop } from './task.ts'

/** Seconds between beats, and between two looks at the clocks, which in a real one are 0.1 s apart. */
export const BEAT_SECONDS = 10
export const LOOK_SECONDS = 2

/** A supervisor in its task: real claim, beats and clocks; its workspace and its agent are only records. */
export interface Supervisor {
  readonly task: SimulatedTask
  readonly attemptId: string
  readonly agent: Agent
  readonly observation: Observation
  request: AttemptRequest | undefined
  beats: Beats | undefined
  taskToken: string | undefined
  state: 'booting' | 'at work' | 'hung' | 'gone'
  /** Since when it hangs. */
  hungAt: number | undefined
  /** Since when it reaches neither table nor workflows. */
  cutOffAt: number | undefined
  /** The workflow waited for its attempt when it began. */
  waitedFor: boolean
  /** It is giving up, or has answered. */
  over: boolean
  /** Claims its attempt and goes to work, or ends. */
  boot(): Promise<void>
  /** Looks at its clocks, and beats when it is time. */
  look(): void
  fail(fault: Fault): void
  succeed(outcome: Outcome): Promise<void>
  /** The task ends at once, with all that runs in it. */
  die(stop: TaskStop): void
  /** Goes on after it hung. */
  wake(): void
}

/** What a simulated supervisor is given: who looks on, and whether its runtime can go on in a session. */
export interface SupervisorOptions {
  readonly pid: number
  readonly resumes: boolean
  /** The claim was accepted: from now on it works. */
  claimed(supervisor: Supervisor): void
}
