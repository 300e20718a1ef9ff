import { openClient } from '#cli/client.ts'
import { type FireOptions, fireProject, orderOf } from '#cli/fire-project.ts'
import { dataFolder } from '#cli/home.ts'
import { openOutput } from '#cli/output.ts'
import { untilStopped } from '#cli/until-stopped.ts'
import { findPlane } from '#infra/local/data-folder.ts'
import { openPlane } from '#infra/local/plane.ts'
import { run } from './run.ts'

/**
 * `npm start`: the plane, and on first use or when a repository is named a fire, so that there is
 * something to see. With `--once` it ends when the run does.
 */
export const start = async (
  options: FireOptions & { json?: boolean; once?: boolean; port?: number },
): Promise<number> => {
  const order = orderOf(options)
  const output = openOutput(options.json ?? false)
  const home = dataFolder()
  if (options.once && findPlane(home)) return run(options)
  const stopped = untilStopped()
  const plane = await openPlane({ home, port: options.port })
  output.line(`Vigil is up at ${plane.url}, data in ${home}`)
  const client = openClient(plane)
  try {
    const first = (await client.projects()).length === 0
    const wanted = options.once || options.repo !== undefined || first
    const fired = wanted ? fireProject(client, order, output) : Promise.resolve(0)
    if (options.once) return await Promise.race([fired, stopped])
    const over = await Promise.race([fired.then(() => 'fired' as const), stopped])
    if (over === 'fired') output.line('The plane stays up; stop it with Ctrl-C.')
    return await stopped
  } finally {
    await plane.close()
  }
}
