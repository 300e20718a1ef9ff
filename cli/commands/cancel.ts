import { openOutput } from '#cli/output.ts'
import { watchRun } from '#cli/watch-run.ts'
import { withPlane } from '#cli/with-plane.ts'

/** `vigil cancel RUN`: stops a run and waits until it has ended. */
export const cancel = (runId: string, { json = false }: { json?: boolean }): Promise<number> => {
  const output = openOutput(json)
  return withPlane(async (client) => {
    await client.cancel(runId)
    const run = await watchRun(client, runId, { ...output, line: () => undefined })
    output.answer({ run: run.id, outcome: run.status }, `${run.id}: ${run.status}`)
    return 0
  })
}
