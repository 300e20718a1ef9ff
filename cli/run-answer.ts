import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FireAnswer } from '#core/contracts/fire-answer.ts'
import type { Run, RunOutcome } from '#core/contracts/run.ts'
import { FORCEABLE } from '#core/decisions/gates.ts'
import { firstScreen } from '#core/decisions/render-report.ts'
import { wayOn } from '#core/decisions/way-on.ts'
import type { Client } from './client.ts'
import { dataFolder } from './home.ts'
import type { Output } from './output.ts'
import { watchRun } from './watch-run.ts'

/** Exit codes of a run's end (A5). */
export const EXITS: Record<RunOutcome, number> = {
  executed: 0,
  no_plan: 0,
  failed: 1,
  exhausted: 1,
  budget_exhausted: 1,
  timed_out: 1,
  cancelled: 1,
  blocked: 3,
  proposed: 3,
}

/** Follows what a fire came to until its end, answers it, and gives the exit code. */
export const answerFire = async (
  client: Client,
  fired: FireAnswer,
  output: Output,
): Promise<number> => {
  if (fired.run !== null)
    return answerRun(client, await watchRun(client, fired.run, output), output)
  const opens = fired.clearsAt === undefined ? '' : `; it opens at ${fired.clearsAt}`
  output.answer(
    {
      run: null,
      outcome: null,
      reason: fired.reason,
      message: fired.message,
      clearsAt: fired.clearsAt ?? null,
    },
    `Not fired: ${fired.reason}: ${fired.message}${opens}.${FORCEABLE.includes(fired.reason ?? '') ? ` Pass it with --force ${fired.reason}.` : ''}`,
  )
  return 3
}

/** Answers a run that ended: the first screen of its report and where the whole of it is. */
export const answerRun = async (client: Client, run: Run, output: Output): Promise<number> => {
  const { report, markdown } = await client.report(run.id)
  const path = join(dataFolder(), 'reports', `${run.id}.md`)
  mkdirSync(join(dataFolder(), 'reports'), { recursive: true })
  writeFileSync(path, markdown)
  output.answer(
    {
      run: run.id,
      outcome: report.outcome,
      reason: report.reason,
      attention: report.attention,
      report: path,
      plan: report.plan?.id ?? null,
      cycle: report.cycle?.id ?? null,
      branch: report.cycle?.branch ?? null,
      baseCommit: report.cycle?.baseCommit ?? null,
      headCommit: report.cycle?.headCommit ?? null,
      proof: report.proof,
      turns: report.turns,
      attempts: report.attempts,
      usd: report.usd,
      durationMs: report.durationMs,
      next: wayOn(run).command ?? null,
    },
    `\n${firstScreen(report)}\n\nReport: ${path}${nextStep(run)}`,
  )
  return EXITS[report.outcome]
}

const nextStep = (run: Run): string => {
  const { remedy, command } = wayOn(run)
  if (run.status === 'executed')
    return command === undefined ? '' : `\nBring it home with: ${command}`
  const stopped = STOPPED.includes(run.status)
  const why = stopped ? `\nWhat to do: ${remedy} (vigil explain ${run.id})` : ''
  return `${why}${command === undefined ? '' : `\nGo on with: ${command}`}`
}

/** Ends after which there is something to see to. */
const STOPPED: readonly string[] = [
  'blocked',
  'failed',
  'exhausted',
  'budget_exhausted',
  'timed_out',
]
