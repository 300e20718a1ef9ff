import type { Run } from '#core/contracts/run.ts'
import { FAULTS } from '#core/faults.ts'
import type { REASON_WORDS, Reason } from '#core/reasons.ts'

/** How a person goes on when a run has ended: what to see to, and the command, where there is one. */
export interface WayOn {
  readonly remedy: string
  readonly command?: string
}

type Ended = Pick<Run, 'id' | 'status' | 'reason' | 'attention' | 'planId' | 'cycleId'>

/** The way on from a run's end, whatever it ended with: pure, and total over the list of reasons (S2, D6). */
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

/** What each reason that is no failure class asks for. */
const WORDS: Record<(typeof REASON_WORDS)[number], string> = {
  stall_restarts_exhausted:
    'The agent went silent again and again: look at its transcript, then give it more time (clocks.progress, clocks.tool), smaller sections or another model.',
  deadline: 'The run was out of time: give runs more hours (budget.hours).',
  turns: 'The run has used all its turns: split the plan, or go on with a fresh count.',
  section_iterations:
    'A section did not come out clean in its iterations: look at the open findings, or go on with a fresh count (budget.sectionIterations).',
  unfinished: 'The run ended in the middle of its work, which is kept up to the last checkpoint.',
}

type Stopped = 'blocked' | 'failed' | 'exhausted' | 'timed_out' | 'budget_exhausted'

const remedyOf = (outcome: Stopped, reason: Reason | undefined): string => {
  if (reason === undefined) return UNSAID[outcome]
  return isWord(reason) ? WORDS[reason] : FAULTS[reason].remedy
}

const isWord = (reason: Reason): reason is keyof typeof WORDS => Object.hasOwn(WORDS, reason)

/** Where no reason is given it was the agent that said so, in its own words. */
const UNSAID: Record<Stopped, string> = {
  blocked: 'The agent says that it cannot go on: its own words are in the report.',
  failed: 'The agent says that it failed: its own words are in the report.',
  exhausted: 'The agent did a part of it and says so in the report; the work is kept.',
  budget_exhausted: FAULTS['budget.exhausted'].remedy,
  timed_out: WORDS.deadline,
}

const attentionOf = ({ attention }: Ended): string | undefined => {
  if (attention === undefined) return undefined
  return attention === 'not_proved'
    ? 'The work is done and not proved: look at the checks in the report before you bring it home.'
    : `It needs a look (${attention}): see the report.`
}
