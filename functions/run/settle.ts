import type { NewEvent } from '#core/contracts/event.ts'
import type { Run } from '#core/contracts/run.ts'
import { planAfter, type Settled, settleOutcome } from '#core/decisions/settle-outcome.ts'
import { runEnded } from '#core/decisions/transition.ts'
import { changeRun, type RunChange } from '#functions/store/change-run.ts'
import { runPartition } from '#functions/store/run.ts'
import { giveSlot } from '#functions/store/slots.ts'
import { isoNow } from '#functions/store/store.ts'
import type { Write } from '#functions/store/table.ts'
import { runTurns } from '#functions/turn/run-turns.ts'
import type { World } from '#functions/world.ts'
import { dateIn } from './gate-facts.ts'
import { projectAfter } from './project-after.ts'
import { runFacts } from './run-facts.ts'
import { stopAttempts } from './stop-attempts.ts'
import { writeReport } from './write-report.ts'

/**
 * The one way in which a run ends (S3): tasks proved stopped, report from facts, lease and slot
 * released, one conditional terminal write. Its callers are the workflow's exit, the handler of
 * ended executions, and the sweeper. Answers `stopping` while a task may still be running.
 */
export const settle = async (
  world: World,
  runId: string,
  actor: string,
  error?: string,
): Promise<'settled' | 'stopping'> => {
  const { store } = world
  const open = await store.runs.get(runId)
  if (!open || runEnded(open.status)) return 'settled'
  if (!(await stopAttempts(world, open, actor))) return 'stopping'
  await changeRun(store, runId, actor, (run) =>
    runEnded(run.status) ? undefined : terminal(world, run, error),
  )
  return 'settled'
}

const terminal = async (world: World, run: Run, error: string | undefined): Promise<RunChange> => {
  const { store } = world
  const turns = await runTurns(store, run.id)
  const settled = settleOutcome(await runFacts(store, run, turns, error))
  const report = await writeReport(store, run, turns, settled)
  const { outcome, reason, attention } = settled
  const plan = await planChange(world, run, settled)
  return {
    set: { status: outcome, reason, attention, report, endedAt: isoNow(store) },
    events: [
      ...plan.events,
      { kind: 'report.written', facts: { key: report.markdown } },
      {
        kind: 'run.ended',
        from: run.status,
        to: outcome,
        ...(reason !== undefined && { reason }),
        facts: {
          ...{ usd: run.usd, turns: run.turns, attempts: run.attempts },
          ...(error !== undefined && { error }),
        },
      },
    ],
    writes: [...plan.writes, ...(await release(world, run, settled))],
  }
}

const planChange = async (
  { store }: World,
  run: Run,
  { outcome, reason }: Settled,
): Promise<{ events: NewEvent[]; writes: Write[] }> => {
  const plan = run.planId === undefined ? undefined : await store.plans.get(run.planId)
  if (plan?.status !== 'executing') return { events: [], writes: [] }
  const to = planAfter(outcome)
  const kind = to === 'ready' ? 'plan.returned' : (`plan.${to}` as const)
  return {
    events: [{ kind, from: 'executing', to, facts: { planId: plan.id } }],
    writes: [
      store.plans.change(plan.id, {
        set: { status: to, reason, updatedAt: isoNow(store) },
        when: { status: 'executing' },
      }),
    ],
  }
}

/** Lease, slot, the day's cost, and what the project remembers of the run. */
const release = async (world: World, run: Run, settled: Settled): Promise<Write[]> => {
  const { store } = world
  const { projectId } = run
  const day = { projectId, date: dateIn(run.config.timeZone, Date.parse(run.createdAt)) }
  const [lease, today, project, attempts] = await Promise.all([
    store.leases.get(projectId),
    store.days.get(day),
    store.projects.get(projectId),
    store.attempts.all(runPartition(run.id), 'attempt#'),
  ])
  return [
    giveSlot(store.table, run.id),
    ...(lease?.runId === run.id
      ? [store.leases.change(projectId, { set: { runId: undefined }, when: { runId: run.id } })]
      : []),
    ...(today ? [store.days.change(day, { add: { usd: run.usd } })] : []),
    ...(project
      ? [
          store.projects.change(projectId, {
            set: projectAfter(store, project, run, settled, attempts),
          }),
        ]
      : []),
  ]
}
