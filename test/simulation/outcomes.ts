import { NO_OUTCOME, type Outcome } from '#containers/agent/outcome.ts'
import { PlanProposal } from '#core/contracts/plan.ts'
import type { Scene } from './scene.ts'
import type { Happening } from './schedule.ts'
import type { Supervisor } from './supervisor.ts'

type Success = Pick<Extract<Happening, { what: 'succeeds' }>, 'status' | 'class'>

/** What a supervisor answers of an attempt that came to its end in good order, by its phase. */
export const outcomeOf = (
  { schedule }: Scene,
  { request }: Supervisor,
  { status, class: failureClass }: Success,
): Outcome => {
  const completion = {
    completion: { status, summary: 'This is it.', ...(failureClass && { failureClass }) },
  }
  const commit = 'b'.repeat(40)
  switch (request?.phase) {
    case 'discovery':
      if (!schedule.plans) return { ...NO_OUTCOME, ...completion }
      return { ...NO_OUTCOME, ...completion, plan: PLAN, repository: REPOSITORY }
    case 'prove':
      return {
        ...NO_OUTCOME,
        proof: { baseCommit: REPOSITORY.originHead, headCommit: commit, checks: [], proved: true },
      }
    case 'report':
      return {
        ...NO_OUTCOME,
        ...completion,
        report: { headline: 'It is done.', body: 'So it is.', followUps: [] },
      }
    default:
      return { ...NO_OUTCOME, ...completion, head: { commit, key: 'head.bundle' } }
  }
}

const REPOSITORY = {
  originHead: 'a'.repeat(40),
  branch: 'main',
  baseIsAncestor: true,
  notes: [],
  baseKey: 'base.bundle',
}

const PLAN = PlanProposal.parse({
  title: 'Mend a link',
  summary: 'One link leads nowhere.',
  rationale: 'Readers are lost.',
  dedupeKey: 'mend-a-link',
  contextSignals: ['README.md:3'],
  proposedChange: 'Name the right file.',
  steps: ['Edit README.md'],
  sections: [],
  verification: [{ command: 'test -f here', expect: 'red_to_green', files: [] }],
  risk: 'low',
  filesLikely: ['README.md'],
})
