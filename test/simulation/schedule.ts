import type { Completion } from '#core/contracts/completion.ts'
import { FAULTS, type FaultClass } from '#core/faults.ts'
import type { STEPS } from '#infra/local/functions.ts'
import type { Doing } from './agent.ts'
import type { Delivery } from './deliveries.ts'
import type { StepFault } from './step-faults.ts'
import type { Launch } from './task.ts'

/** How a task's process comes to a bad end. */
export type Death = 'crash' | 'oom' | 'reclaimed' | 'host' | 'image' | 'unstarted'

/** One thing that happens. `atOnce`: the next one does not wait for what comes of it. */
export type Happening = (
  | { readonly what: 'boots' | 'is prepared' | 'verifies' | 'finishes' | 'hangs' | 'wakes' }
  | { readonly what: Doing }
  | { readonly what: 'cancel' | 'sweep' | 'stale beat' | 'end told again' | 'end of another told' }
  | { readonly what: 'pipeline end told again' }
  | {
      readonly what: 'succeeds'
      readonly status: Completion['status']
      readonly class?: FaultClass
    }
  | { readonly what: 'fails'; readonly class: FaultClass; readonly resetIn?: number }
  | { readonly what: 'dies'; readonly of: Death; readonly told: Delivery }
  | { readonly what: 'is cut off' | 'time'; readonly seconds: number }
  | { readonly what: 'launch'; readonly how: Launch }
  | { readonly what: 'step'; readonly how: StepFault; readonly of?: Step }
  | { readonly what: 'stale answer'; readonly how: 'success' | 'failure' }
  | { readonly what: 'abort'; readonly of: 'pipeline' | 'turn'; readonly told: Delivery }
  | { readonly what: 'blind'; readonly how: 'missing' | 'error'; readonly seconds: number }
) & { readonly atOnce?: boolean }

/** Steps that are yet to come when a schedule begins. */
export const STEPS_TO_COME = [
  'OpenAttempt',
  'RunAgent',
  'CloseAttempt',
  'RecordDiscovery',
  'OpenCycle',
  'NextTurn',
  'RecordTurn',
  'RecordReport',
  'SettleRun',
] as const satisfies readonly (keyof typeof STEPS)[]
export type Step = (typeof STEPS_TO_COME)[number]

/** What becomes of everything when the schedule is over. */
export type Ending = 'all goes well' | 'nothing answers' | 'all die untold' | FaultClass

/** A story: what it plays on, what happens, and how it ends. */
export interface Schedule {
  /** The runtime can go on in its session. */
  readonly resumes: boolean
  /** Discovery proposes a plan when it succeeds, which is executed. */
  readonly plans: boolean
  readonly models: number
  /** From which it follows how long each call to the table takes. */
  readonly pace: number
  readonly happenings: readonly Happening[]
  readonly ending: Ending
}

/** Classes that a supervisor can come to; `cancelled` is for the plane to say. */
export const CLASSES = (Object.keys(FAULTS) as FaultClass[]).filter((name) => name !== 'cancelled')
