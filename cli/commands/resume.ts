import { ulid } from 'ulid'
import { checkedGates } from '#cli/fire-project.ts'
import { openOutput } from '#cli/output.ts'
import { answerFire } from '#cli/run-answer.ts'
import { withPlane } from '#cli/with-plane.ts'

/** `vigil resume RUN`: a new run that goes on where this one stopped, followed to its end. */
export const resume = (
  runId: string,
  options: { json?: boolean; force?: string[] },
): Promise<number> => {
  const force = checkedGates(options.force)
  const output = openOutput(options.json ?? false)
  return withPlane(async (client) =>
    answerFire(client, await client.resume(runId, { force }, ulid()), output),
  )
}
