import type { Restart, Work } from '#core/contracts/agent-request.ts'
import type { Attempt } from '#core/contracts/attempt.ts'
import type { AttemptRequest, WorkspaceOrigin } from '#core/contracts/attempt-request.ts'
import type { Cycle } from '#core/contracts/cycle.ts'
import { CODING_PHASES } from '#core/contracts/phase.ts'
import { PlanProposal } from '#core/contracts/plan.ts'
import type { Run } from '#core/contracts/run.ts'
import type { Turn } from '#core/contracts/turn.ts'
import { FAULTS, isFaultClass } from '#core/faults.ts'
import { planPartition } from '#functions/store/plan.ts'
import type { Store } from '#functions/store/store.ts'
import { runTurns } from '#functions/turn/run-turns.ts'
import { turnResult } from '#functions/turn/turn-result.ts'
import { keptWork } from './kept-work.ts'

/** All that the supervisor of a new attempt needs, gathered from the store. */
export const buildRequest = async (
  store: Store,
  run: Run,
  turn: Turn,
  attempt: { id: string; number: number; fencingToken: number; nonce: string },
  before: Attempt | undefined,
): Promise<AttemptRequest> => {
  const cycle = await cycleOf(store, run)
  const work = await workOf(store, run, turn, cycle)
  const kept = before?.checkpoint ?? (cycle && (await keptWork(store, run, turn, cycle)))
  const { config } = run
  const model = config.models[turn.model]
  return {
    runId: run.id,
    turnId: turn.id,
    attemptId: attempt.id,
    number: attempt.number,
    projectId: run.projectId,
    phase: turn.phase,
    nonce: attempt.nonce,
    fencingToken: attempt.fencingToken,
    agent: config.agent,
    agentArgs: config.agentArgs,
    ...(model !== undefined && { model }),
    origin: originOf(run, turn, cycle, kept),
    ...(turn.phase === 'discovery' && { source: config.source }),
    work,
    ...(before?.class !== undefined && { restart: restartOf(before, before.class) }),
    language: config.language,
    ...(config.setup !== undefined && { setup: config.setup }),
    verification: [...(work.plan?.verification ?? []), ...config.verification],
    variables: config.variables,
    keys: turn.phase === 'prove' ? [] : config.keys,
    clocks: config.clocks,
    usdLeft: Math.max(0, config.budget.usd - run.usd),
    ...(config.budget.tokens !== undefined && {
      tokensLeft: Math.max(0, config.budget.tokens - run.tokens),
    }),
    deadlineAt: run.deadlineAt,
  }
}

const cycleOf = async (store: Store, run: Run): Promise<Cycle | undefined> => {
  const id = run.cycleId ?? (await store.projects.get(run.projectId))?.cycleId
  const cycle = id === undefined ? undefined : await store.cycles.get(id)
  return cycle?.status === 'active' ? cycle : undefined
}

const workOf = async (
  store: Store,
  run: Run,
  turn: Turn,
  cycle: Cycle | undefined,
): Promise<Work> => {
  const [project, plans, plan, turns] = await Promise.all([
    store.projects.get(run.projectId),
    store.plans.list(`plans#${run.projectId}`, 50),
    run.planId === undefined ? undefined : store.plans.get(run.planId),
    runTurns(store, run.id),
  ])
  const body = plan && (await store.bucket.getJson(plan.bodyKey, PlanProposal))
  const findings = plan ? await store.findings.all(planPartition(plan.id), 'finding#') : []
  const audits = turns.filter(({ phase, status }) => phase === 'audit' && status === 'done')
  const results = await Promise.all(audits.map((audit) => turnResult(store, audit)))
  const section = body?.sections[turn.section]
  return {
    project: { id: run.projectId, notes: project?.notes ?? '' },
    signals: [],
    plans: plans.map(({ id, title, dedupeKey, status }) => ({ id, title, dedupeKey, status })),
    ...(run.task !== undefined && { task: run.task }),
    ...(body && { plan: body }),
    ...(section && { section: { number: turn.section, ...section } }),
    findings: findings.filter(({ status }) => status === 'open'),
    summaries: results.flatMap((result) => result?.summaries ?? []),
    ...(turn.nextTask !== undefined && { nextTask: turn.nextTask }),
    ...(cycle && { baseCommit: cycle.baseCommit }),
    ...(cycle?.head && { headCommit: cycle.head.commit }),
  }
}

const originOf = (
  run: Run,
  turn: Turn,
  cycle: Cycle | undefined,
  kept: Attempt['checkpoint'],
): WorkspaceOrigin => {
  if (!cycle) return { kind: 'source', source: run.config.source }
  const { branch, baseCommit, baseKey } = cycle
  const saved = CODING_PHASES.includes(turn.phase) ? kept : undefined
  const head = saved ? { commit: saved.commit, key: saved.key } : cycle.head
  return {
    kind: 'cycle',
    branch,
    baseCommit,
    baseKey,
    ...(head && { head }),
    ...(saved?.workTree !== undefined && {
      workTree: { commit: saved.workTree, key: saved.key },
    }),
  }
}

const restartOf = ({ reason, acts }: Attempt, fault: string): Restart => ({
  class: fault,
  note: [
    `The attempt before this one ended as ${fault}.`,
    reason,
    isFaultClass(fault) ? FAULTS[fault].remedy : undefined,
    'Its work up to the last checkpoint is in the workspace; look at it before you go on.',
  ]
    .filter(Boolean)
    .join(' '),
  ...(acts.length > 0 && { lastActs: acts.map(({ what }) => what) }),
})
