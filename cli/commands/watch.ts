import { openOutput } from '#cli/output.ts'
import { answerRun } from '#cli/run-answer.ts'
import { watchRun } from '#cli/watch-run.ts'
import { withPlane } from '#cli/with-plane.ts'

/** `vigil watch RUN`: a run as it happens, from its first event to its end. */
export const watch = (runId: string, { json = false }: { json?: boolean }): Promise<number> => {
  const output = openOutput(json)
  return withPlane(async (client) =>
    answerRun(client, await watchRun(client, runId, output), output),
  )
}
