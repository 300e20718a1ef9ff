import { openOutput } from '#cli/output.ts'
import { withPlane } from '#cli/with-plane.ts'

/** `vigil report RUN`: the whole report. */
export const report = (runId: string, { json = false }: { json?: boolean }): Promise<number> =>
  withPlane(async (client) => {
    const found = await client.report(runId)
    openOutput(json).answer(found.report, found.markdown)
    return 0
  })
