import type { Phase } from '#core/contracts/phase.ts'
import type { ProjectConfig } from '#core/contracts/project.ts'
import type { RunOutcome } from '#core/contracts/run.ts'
import type { FaultClass } from '#core/faults.ts'
import type { Reason } from '#core/reasons.ts'
import type { Delivery } from './deliveries.ts'
import type { Ground } from './ground.ts'
import type { Scene } from './scene.ts'

/** Longest times in milliseconds, counted from when the fault was there. */
export interface Limits {
  /** Until the table says so; with `seenBy: 'stop'` until the task is told to stop. */
  readonly noticed?: number | undefined
  /** Until no process of the hit attempt's agent is alive. */
  readonly stopped?: number | undefined
  /** Until the turn's next attempt works. */
  readonly working?: number | undefined
}

/** What a project's configuration says other than a scene's own does. */
export type Given = {
  readonly [K in 'clocks' | 'retries' | 'budget']?: Partial<ProjectConfig[K]>
} & Partial<Omit<ProjectConfig, 'clocks' | 'retries' | 'budget'>>

/** One thing that goes wrong, and what must come of it. */
export interface FaultRow {
  readonly name: string
  /** Of the attempt that is hit; `none`: it must not fail by this. */
  readonly class: FaultClass | 'none'
  readonly does: string
  readonly ends: RunOutcome
  readonly reason?: Reason
  readonly limits?: Limits
  readonly seenBy?: 'table' | 'stop'
  /** Program in `test/fixtures/agents`, by default one that works. */
  readonly agent?: string
  /** Where it misbehaves, by default in the first attempt at discovery. */
  readonly phase?: Phase
  /** How many attempts at a turn of that phase misbehave, by default one. */
  readonly attempts?: number
  readonly config?: Given
  /** Variables of the plane, such as the time between sweeps. */
  readonly settings?: Readonly<Record<string, string>>
  readonly deliveries?: readonly Delivery[]
  /** The plane reaches its table through a proxy. */
  readonly tableProxy?: boolean
  /** Tasks reach table and services through proxies. */
  readonly taskProxies?: boolean
  /** Module in `scripts/faults/preloads` that supervisors load first. */
  readonly preload?: string
  /** Done before the run is fired; what it answers is configured on top. */
  readonly before?: (ground: Ground) => Promise<Given | undefined>
  /** Makes it go wrong; by default the agent does, and signs `fault`. */
  readonly inject?: (scene: Scene) => Promise<void>
  /** What must hold besides the laws: answers what does not. */
  readonly holds?: (scene: Scene) => Promise<readonly string[]> | readonly string[]
}
