import { z } from 'zod'
import type { Completion } from '#core/contracts/completion.ts'
import type { FindingReport } from '#core/contracts/finding.ts'
import type { Phase } from '#core/contracts/phase.ts'
import { PLAN_MAX_CHARACTERS, type PlanProposal } from '#core/contracts/plan.ts'
import {
  PHASE_TOOLS,
  type ReportWords,
  type SectionSummary,
  TOOLS,
  type ToolName,
} from '#core/contracts/submission.ts'

/** What an agent handed in, and what of it was refused and why. */
export interface Submissions {
  completion?: Completion
  plan?: PlanProposal
  report?: ReportWords
  readonly findings: FindingReport[]
  readonly closed: { key: string; reason: string }[]
  readonly summaries: SectionSummary[]
  readonly refused: { tool: ToolName; because: string }[]
}

export const noSubmissions = (): Submissions => ({
  findings: [],
  closed: [],
  summaries: [],
  refused: [],
})

/**
 * Takes in a call of a contract tool; answers why it is refused, or undefined. The same rules hold
 * for calls over MCP and for files (D2, E9).
 */
export const accept = (
  found: Submissions,
  phase: Phase,
  tool: ToolName,
  body: unknown,
): string | undefined => {
  const allowed = PHASE_TOOLS[phase]
  if (!allowed.includes(tool)) return `it has no place in ${phase}: there is ${allowed.join(', ')}`
  return TAKE[tool](body, found)
}

/** Keeps a submission and answers nothing, or answers why it is refused. */
type Take = (body: unknown, found: Submissions) => string | undefined

const keep =
  <T>(contract: z.ZodType<T>, into: (found: Submissions, value: T) => void): Take =>
  (body, found) => {
    const parsed = contract.safeParse(body)
    if (!parsed.success) return z.prettifyError(parsed.error)
    into(found, parsed.data)
    return undefined
  }

const keepPlan = keep(TOOLS.submit_plan, (found, plan) => {
  found.plan = plan
})

const TAKE: Record<ToolName, Take> = {
  submit_plan: (body, found) => {
    if (found.plan) return 'a turn hands in a plan once'
    if (JSON.stringify(body).length > PLAN_MAX_CHARACTERS)
      return `it is over ${PLAN_MAX_CHARACTERS} characters`
    return keepPlan(body, found)
  },
  report_finding: (body, found) =>
    found.findings.length < FINDINGS_MAX
      ? keepFinding(body, found)
      : `a turn reports at most ${FINDINGS_MAX} findings`,
  close_finding: keep(TOOLS.close_finding, (found, closed) => void found.closed.push(closed)),
  submit_section_summary: keep(
    TOOLS.submit_section_summary,
    (found, summary) => void found.summaries.push(summary),
  ),
  submit_report: keep(TOOLS.submit_report, (found, report) => {
    found.report = report
  }),
  complete_turn: keep(TOOLS.complete_turn, (found, completion) => {
    found.completion = completion
  }),
}

const keepFinding = keep(
  TOOLS.report_finding,
  (found, finding) => void found.findings.push(finding),
)

const FINDINGS_MAX = 100
