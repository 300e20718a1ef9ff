import type { PlanStatus } from '#core/contracts/plan.ts'
import { RunOutcome, type RunStatus } from '#core/contracts/run.ts'

/** What it depends on whether a run can be resumed. */
export interface ResumeFacts {
  readonly run: { readonly id: string; readonly status: RunStatus }
  readonly plan: { readonly id: string; readonly status: PlanStatus } | undefined
  /** A plan that has taken over this one's work, under the same dedupe key (D3). */
  readonly takenOverBy: string | undefined
  /** The run that went on from it already. */
  readonly resumedBy: string | undefined
}

/** Resumed with its plan or from discovery, or why not and what to do instead. */
export type Resumable =
  | { readonly from: 'plan' | 'discovery' }
  | {
      readonly from: 'nowhere'
      readonly code: string
      readonly because: string
      readonly remedy: string
    }

/** Whether a run can go on where it stopped (D6). Pure and total. */
export const mayResume = ({ run, plan, takenOverBy, resumedBy }: ResumeFacts): Resumable => {
  const ended = RunOutcome.safeParse(run.status).data
  if (ended === undefined)
    return no('run_not_ended', `${run.id} is ${run.status}`, `See it go on: vigil watch ${run.id}`)
  if (resumedBy !== undefined)
    return no(
      'already_resumed',
      `${resumedBy} went on from it already`,
      `See that one: vigil watch ${resumedBy}; if it stopped, too: vigil resume ${resumedBy}`,
    )
  const settled = instead(ended, plan?.id)
  if (settled) return no('nothing_to_resume', `${run.id} ended as ${ended}`, settled)
  if (!plan) return { from: 'discovery' }
  if (takenOverBy !== undefined)
    return no(
      'plan_taken_over',
      `the plan ${takenOverBy} has taken over its work`,
      'Look at that one, or fire again: vigil run',
    )
  if (plan.status === 'failed' || plan.status === 'ready') return { from: 'plan' }
  return no(
    'plan_not_open',
    `its plan is ${plan.status}`,
    plan.status === 'executing' ? 'Wait for the run that executes it.' : 'Fire again: vigil run',
  )
}

/** What to do about a run whose end leaves nothing to go on with; undefined where resuming helps. */
const instead = (ended: RunOutcome, planId: string | undefined): string | undefined => {
  const execute =
    planId === undefined ? 'Fire again: vigil run' : `Execute its plan: vigil approve ${planId}`
  switch (ended) {
    case 'executed':
      return 'Its work is done: see vigil report.'
    case 'no_plan':
      return 'There was nothing worth doing; fire again with work of yours: vigil run --task TEXT'
    case 'proposed':
    case 'cancelled':
      return execute
    case 'blocked':
    case 'failed':
    case 'exhausted':
    case 'timed_out':
    case 'budget_exhausted':
      return undefined
  }
}

const no = (code: string, because: string, remedy: string): Resumable => ({
  from: 'nowhere',
  code,
  because,
  remedy,
})
