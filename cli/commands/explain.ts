import { openOutput } from '#cli/output.ts'
import { withPlane } from '#cli/with-plane.ts'
import { explainRun } from '#core/decisions/explain-run.ts'

/** `vigil explain RUN`: the story of a run in plain words, from its events, and how to go on. */
export const explain = (runId: string, { json = false }: { json?: boolean }): Promise<number> =>
  withPlane(async (client) => {
    const [detail, events] = await Promise.all([client.run(runId), client.events(runId, 0, 0)])
    const { run } = detail
    const plan = run.planId === undefined ? undefined : await client.plan(run.planId)
    const { lines, remedy, command } = explainRun({ ...detail, plan, events, now: Date.now() })
    openOutput(json).answer(
      {
        run: run.id,
        outcome: run.status,
        reason: run.reason ?? null,
        attention: run.attention ?? null,
        usd: run.usd,
        story: lines,
        remedy,
        next: command ?? null,
      },
      lines.join('\n'),
    )
    return 0
  })
