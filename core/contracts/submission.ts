import { z } from 'zod'
import { Completion } from './completion.ts'
import { FindingReport } from './finding.ts'
import type { Phase } from './phase.ts'
import { PlanProposal } from './plan.ts'

/** What an auditor hands in about a section with `submit_section_summary` (E3). */
export const SectionSummary = z.strictObject({
  section: z.number().int().min(0).max(7),
  done: z.string().min(1).max(2_000),
  deviations: z.string().max(2_000),
  followUps: z.array(z.string().min(1).max(500)).max(50),
})
export type SectionSummary = z.infer<typeof SectionSummary>

/** The agent's words for the report, handed in with `submit_report`; facts come from events (R2). */
export const ReportWords = z.strictObject({
  headline: z.string().min(1).max(200),
  body: z.string().max(20_000),
  followUps: z.array(z.string().min(1).max(500)).max(50),
})
export type ReportWords = z.infer<typeof ReportWords>

/** The contract tools and what each takes: over MCP, or as `<tool>[.<n>].json` in the outbox. */
export const TOOLS = {
  submit_plan: PlanProposal,
  report_finding: FindingReport,
  close_finding: z.strictObject({ key: z.string(), reason: z.string().min(1).max(1_000) }),
  submit_section_summary: SectionSummary,
  submit_report: ReportWords,
  complete_turn: Completion,
} as const
export const ToolName = z.enum([
  'submit_plan',
  'report_finding',
  'close_finding',
  'submit_section_summary',
  'submit_report',
  'complete_turn',
])
export type ToolName = z.infer<typeof ToolName>

/** What an agent may hand in in which phase (D2, E9); anything else is refused. */
export const PHASE_TOOLS: Readonly<Record<Phase, readonly ToolName[]>> = {
  discovery: ['submit_plan', 'complete_turn'],
  code: ['complete_turn'],
  audit: ['report_finding', 'close_finding', 'submit_section_summary', 'complete_turn'],
  final_audit: ['report_finding', 'close_finding', 'submit_section_summary', 'complete_turn'],
  fix: ['complete_turn'],
  prove: [],
  report: ['submit_report', 'complete_turn'],
  resolve: ['complete_turn'],
}
