import type { AttemptResult } from '#core/contracts/attempt-result.ts'
import type { Report } from '#core/contracts/report.ts'
import type { Run } from '#core/contracts/run.ts'
import type { Turn } from '#core/contracts/turn.ts'
import { factOf } from '#core/decisions/fact-of.ts'
import type { Settled } from '#core/decisions/settle-outcome.ts'
import { planPartition } from '#functions/store/plan.ts'
import { runPartition } from '#functions/store/run.ts'
import type { Store } from '#functions/store/store.ts'
import { turnResult } from '#functions/turn/turn-result.ts'

/** The report of a run, from what is on record (R2); the agent's words are added, never mixed in. */
export const buildReport = async (
  store: Store,
  run: Run,
  turns: readonly Turn[],
  { outcome, reason, attention }: Settled,
): Promise<Report> => {
  const [events, plan, cycle, results] = await Promise.all([
    store.events.all(runPartition(run.id), 'event#'),
    run.planId === undefined ? undefined : store.plans.get(run.planId),
    run.cycleId === undefined ? undefined : store.cycles.get(run.cycleId),
    Promise.all(turns.map((turn) => turnResult(store, turn))),
  ])
  const findings = plan ? await store.findings.all(planPartition(plan.id), 'finding#') : []
  return {
    runId: run.id,
    projectId: run.projectId,
    outcome,
    reason: reason ?? null,
    attention: attention ?? null,
    plan: plan ? { id: plan.id, title: plan.title, summary: plan.summary } : null,
    cycle: cycle
      ? {
          id: cycle.id,
          branch: cycle.branch,
          baseCommit: cycle.baseCommit,
          headCommit: cycle.head?.commit ?? null,
        }
      : null,
    diff: last(results, 'diff') ?? null,
    proof: last(results, 'proof') ?? null,
    findings: findings.filter(({ runId }) => runId === run.id),
    turns: run.turns,
    attempts: run.attempts,
    stalls: events.filter(({ kind }) => kind === 'attempt.stalled').length,
    usd: run.usd,
    usdEstimated: run.usdEstimated,
    durationMs: store.now() - Date.parse(run.startedAt ?? run.createdAt),
    facts: events.flatMap((event) => {
      const text = factOf(event)
      return text === undefined ? [] : [{ event: event.sequence, text }]
    }),
    words: last(results, 'report') ?? wordsOf(results) ?? null,
  }
}

const last = <K extends keyof AttemptResult>(
  results: readonly (AttemptResult | undefined)[],
  key: K,
): AttemptResult[K] | undefined => results.findLast((result) => result?.[key] !== undefined)?.[key]

/** Without a report turn: what the last agent said when it completed. */
const wordsOf = (results: readonly (AttemptResult | undefined)[]): Report['words'] => {
  const completion = last(results, 'completion')
  if (!completion) return null
  return {
    headline:
      (completion.noop?.reason ?? completion.summary).split('\n', 1)[0]?.slice(0, 200) ?? '',
    body: completion.summary,
    followUps: [],
  }
}
