import type { Run } from '#core/contracts/run.ts'
import type { RunChange } from '#functions/store/change-run.ts'
import { isoNow } from '#functions/store/store.ts'
import { openTurn } from '#functions/turn/open-turn.ts'
import type { World } from '#functions/world.ts'

/**
 * What becomes of a queued run that starts: what it works with is pinned (T18), and without a plan
 * its discovery is opened. Undefined when it may not start: begun already, cancelled, lease lost.
 */
export const beginRun = async (
  { store, settings }: World,
  run: Run,
): Promise<RunChange | undefined> => {
  const [lease, project] = await Promise.all([
    store.leases.get(run.projectId),
    store.projects.get(run.projectId),
  ])
  if (run.status !== 'queued' || run.cancel || !project || lease?.runId !== run.id) return undefined
  const opened =
    run.planId === undefined
      ? openTurn(store, run, { phase: 'discovery', section: 0 })
      : { set: {}, events: [], writes: [] }
  return {
    set: {
      ...opened.set,
      status: 'running',
      startedAt: isoNow(store),
      pinned: {
        turnWorkflow: settings.VIGIL_TURN_ARN,
        taskDefinition: project.taskDefinition,
      },
    },
    events: [{ kind: 'run.started', from: 'queued', to: 'running' }, ...opened.events],
    writes: opened.writes ?? [],
  }
}
