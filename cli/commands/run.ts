import { type FireOptions, fireProject, orderOf } from '#cli/fire-project.ts'
import { openOutput } from '#cli/output.ts'
import { withPlane } from '#cli/with-plane.ts'

/** `vigil run`: one fire of a repository's project, followed to its end. */
export const run = async (options: FireOptions & { json?: boolean }): Promise<number> => {
  const order = orderOf(options)
  const output = openOutput(options.json ?? false)
  return withPlane((client) => fireProject(client, order, output))
}
