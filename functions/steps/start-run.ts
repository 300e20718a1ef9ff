import { z } from 'zod'
import { turnIdOf } from '#core/ids.ts'
import { step } from '#functions/step.ts'
import { changeRun } from '#functions/store/change-run.ts'
import { isoNow } from '#functions/store/store.ts'
import { openTurn } from '#functions/turn/open-turn.ts'

/** Confirms the lease, pins what the run works with (T18), and opens discovery unless there is a plan. */
export const startRun = step(
  z.strictObject({ runId: z.string() }),
  (world) =>
    async ({ runId }) => {
      const { store, settings } = world
      const pinned = { turnWorkflow: settings.VIGIL_TURN_ARN }
      await changeRun(store, runId, 'StartRun', async (run) => {
        const [lease, project] = await Promise.all([
          store.leases.get(run.projectId),
          store.projects.get(run.projectId),
        ])
        if (run.status !== 'queued' || lease?.runId !== runId || !project || run.cancel)
          return undefined
        const started = { kind: 'run.started', from: 'queued', to: 'running' } as const
        const opened =
          run.planId === undefined
            ? openTurn(store, run, { phase: 'discovery', section: 0 })
            : { set: {}, events: [], writes: [] }
        return {
          set: {
            ...opened.set,
            status: 'running',
            startedAt: isoNow(store),
            pinned: { ...pinned, taskDefinition: project.taskDefinition },
          },
          events: [started, ...opened.events],
          writes: opened.writes ?? [],
        }
      })
      const run = await store.runs.get(runId)
      return {
        verdict:
          run?.status !== 'running' || run.cancel ? 'stop' : run.planId ? 'execute' : 'discover',
        turnWorkflow: run?.pinned?.turnWorkflow ?? pinned.turnWorkflow,
        turnId: turnIdOf(runId, 1),
      }
    },
)
