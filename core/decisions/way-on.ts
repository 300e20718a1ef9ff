import type { Run, RunOutcome } from '#core/contracts/run.ts'
import { FAULTS, isFaultClass } from '#core/faults.ts'

/** How a person goes on when a run has ended: what to see to, and the command, where there is one. */
export interface WayOn {
  readonly remedy: string
  readonly command?: string
}

type Ended = Pick<Run, 'id' | 'status' | 'reason' | 'attention' | 'planId' | 'cycleId'>

/** The way on from a run's end, whatever it ended with. Pure and total: also for words nobody foresaw. */
export const wayOn = (run: Ended): WayOn => {
  const { id, status, planId, cycleId } = run
  const approve = planId === undefined ? 'vigil run' : `vigil approve ${planId}`
  switch (status) {
    case 'queued':
    case 'running':
      return { remedy: 'It goes on by itself.', command: `vigil watch ${id}` }
    case 'executed':
      return {
        remedy: attentionOf(run) ?? 'Look at the branch and bring it home.',
        ...(cycleId !== undefined && { command: `vigil apply ${cycleId}` }),
      }
    case 'no_plan':
      return { remedy: 'Nothing was worth doing. Name work of yours with vigil run --task TEXT.' }
    case 'proposed':
      return { remedy: 'The plan waits for a person.', command: approve }
    case 'cancelled':
      return { remedy: FAULTS.cancelled.remedy, command: approve }
    case 'blocked':
    case 'failed':
    case 'exhausted':
    case 'timed_out':
    case 'budget_exhausted':
      return { remedy: remedyOf(status, run.reason), command: `vigil resume ${id}` }
  }
}

/** What a reason that is no failure class asks for. */
export const WORDS = {
  stall_restarts_exhausted:
    'The agent went silent again and again: look at its transcript, then give it more time (clocks.progress, clocks.tool), smaller sections or another model.',
  deadline: 'The run was out of time: give runs more hours (budget.hours).',
  turns: 'The run has used all its turns: split the plan, or go on with a fresh count.',
  section_iterations:
    'A section did not come out clean in its iterations: look at the open findings, or go on with a fresh count (budget.sectionIterations).',
  no_progress:
    'Turn after turn had the same findings on the same commit: settle the open findings, or change the plan.',
  delivery_missing: 'The branch or pull request is not there: see what refuses the push.',
  unfinished: 'The run ended in the middle of its work, which is kept up to the last checkpoint.',
} as const satisfies Record<string, string>

const isWord = (word: string): word is keyof typeof WORDS => Object.hasOwn(WORDS, word)

const remedyOf = (outcome: RunOutcome, reason: string | undefined): string => {
  if (reason === undefined) return UNSAID[outcome] ?? UNKNOWN
  if (isFaultClass(reason)) return FAULTS[reason].remedy
  return isWord(reason) ? WORDS[reason] : UNKNOWN
}

/** Where no reason is given it was the agent that said so, in its own words. */
const UNSAID: Partial<Record<RunOutcome, string>> = {
  blocked: 'The agent says that it cannot go on: its own words are in the report.',
  failed: 'The agent says that it failed: its own words are in the report.',
  exhausted: 'The agent did a part of it and says so in the report; the work is kept.',
  budget_exhausted: FAULTS['budget.exhausted'].remedy,
  timed_out: WORDS.deadline,
}

/** The name of an error that a workflow ended with, such as `States.Runtime`. */
const UNKNOWN = 'The workflow itself ended with that error: see the log of the plane.'

const attentionOf = ({ attention }: Ended): string | undefined => {
  if (attention === undefined) return undefined
  return attention === 'not_proved'
    ? 'The work is done and not proved: look at the checks in the report before you bring it home.'
    : `It needs a look (${attention}): see the report.`
}
