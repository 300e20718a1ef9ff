import { openOutput } from '#cli/output.ts'
import { answerFire } from '#cli/run-answer.ts'
import { withPlane } from '#cli/with-plane.ts'

/** `vigil approve PLAN`: executes a plan that waited for a person, and follows it to its end. */
export const approve = (planId: string, { json = false }: { json?: boolean }): Promise<number> => {
  const output = openOutput(json)
  return withPlane(async (client) => answerFire(client, await client.approve(planId), output))
}
