import { openOutput } from '#cli/output.ts'
import { withPlane } from '#cli/with-plane.ts'

/** `vigil runs`: what ran, newest first, of one project or of all. */
export const runs = async (options: {
  json?: boolean
  project?: string
  limit: number
}): Promise<number> =>
  withPlane(async (client) => {
    const ids = options.project ? [options.project] : (await client.projects()).map(({ id }) => id)
    const found = (await Promise.all(ids.map((id) => client.runs(id, options.limit)))).flat()
    const items = found.sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, options.limit)
    const lines = items.map(({ id, projectId, status, reason, usd, createdAt }) =>
      [createdAt, id, projectId, status, reason, `${usd.toFixed(2)} usd`]
        .filter(Boolean)
        .join('  '),
    )
    openOutput(options.json ?? false).answer({ items }, lines.join('\n') || 'no runs yet')
    return 0
  })
