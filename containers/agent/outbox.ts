import { constants, readdirSync } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Completion } from '#core/contracts/completion.ts'
import type { FindingReport } from '#core/contracts/finding.ts'
import { PLAN_MAX_CHARACTERS, type PlanProposal } from '#core/contracts/plan.ts'
import {
  type ReportWords,
  type SectionSummary,
  TOOLS,
  ToolName,
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

/**
 * Reads `<tool>[.<n>].json` from the outbox, in order of name. No link is followed, no file over
 * the cap is read, a stale nonce counts as not handed in (T14).
 */
export const readOutbox = async (folder: string, nonce: string): Promise<Submissions> => {
  const found: Submissions = { findings: [], closed: [], summaries: [], refused: [] }
  const names = await readdir(folder).catch(() => []) // The agent may have removed it.
  const files = names.sort().flatMap((name) => {
    const tool = name.endsWith('.json') && ToolName.safeParse(name.split('.', 1)[0]).data
    return tool ? [{ name, tool }] : []
  })
  for (const { name, tool } of files.slice(0, FILES_MAX))
    take(found, tool, await readFileSafely(join(folder, name)), nonce)
  return found
}

/** Whether a completion lies in the outbox, valid or not. */
export const hasCompleted = (folder: string): boolean => {
  try {
    return readdirSync(folder).some((name) => /^complete_turn\b.*\.json$/.test(name))
  } catch {
    return false
  }
}

const take = (found: Submissions, tool: ToolName, text: string | Error, nonce: string): void => {
  const refuse = (because: string) => found.refused.push({ tool, because })
  if (text instanceof Error) return void refuse(text.message)
  if (tool === 'submit_plan' && text.length > PLAN_MAX_CHARACTERS)
    return void refuse(`it is over ${PLAN_MAX_CHARACTERS} characters`)
  const file = z.looseObject({ nonce: z.string() }).safeParse(jsonOf(text))
  if (!file.success) return void refuse('it is no JSON object with a nonce')
  const { nonce: said, ...body } = file.data
  if (said !== nonce) return void refuse('its nonce is that of another attempt')
  const parsed = PARSE[tool](body, found)
  if (parsed !== undefined) refuse(parsed)
}

/** Keeps a submission and answers nothing, or answers why it is refused. */
type Parse = (body: unknown, found: Submissions) => string | undefined

const keep =
  <T>(contract: z.ZodType<T>, into: (found: Submissions, value: T) => void): Parse =>
  (body, found) => {
    const parsed = contract.safeParse(body)
    if (!parsed.success) return z.prettifyError(parsed.error)
    into(found, parsed.data)
    return undefined
  }

const keepPlan = keep(TOOLS.submit_plan, (found, plan) => {
  found.plan = plan
})

const PARSE: Record<ToolName, Parse> = {
  submit_plan: (body, found) =>
    found.plan ? 'a turn hands in a plan once' : keepPlan(body, found),
  report_finding: keep(TOOLS.report_finding, (found, finding) => void found.findings.push(finding)),
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

const readFileSafely = async (path: string): Promise<string | Error> => {
  try {
    await using file = await open(
      path,
      constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
    )
    const stat = await file.stat()
    if (!stat.isFile()) return new Error(NO_FILE)
    if (stat.size > BYTES_MAX) return new Error(`it is over ${BYTES_MAX} bytes`)
    return await file.readFile('utf8')
  } catch {
    return new Error(NO_FILE)
  }
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const NO_FILE = 'it is no plain file that can be read'
const FILES_MAX = 500
const BYTES_MAX = PLAN_MAX_CHARACTERS * 4
