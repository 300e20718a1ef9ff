import { setTimeout as sleep } from 'node:timers/promises'
import { type Client, openClient } from '#cli/client.ts'
import { dataFolder } from '#cli/home.ts'
import { openOutput } from '#cli/output.ts'
import { untilStopped } from '#cli/until-stopped.ts'
import { runEnded } from '#core/decisions/transition.ts'
import { openPlane } from '#infra/local/plane.ts'

/** `vigil up`: the plane alone, until it is stopped, or with `--until-idle` until no run is live. */
export const up = async (options: {
  json?: boolean
  port?: number
  untilIdle?: boolean
}): Promise<number> => {
  const output = openOutput(options.json ?? false)
  const home = dataFolder()
  const began = Date.now()
  const stopped = untilStopped()
  const plane = await openPlane({ home, port: options.port })
  output.answer(
    { url: plane.url, home, pid: process.pid, readyMs: Date.now() - began },
    `Vigil is up at ${plane.url}, data in ${home}`,
  )
  try {
    return await (options.untilIdle ? Promise.race([idle(openClient(plane)), stopped]) : stopped)
  } finally {
    await plane.close()
  }
}

const idle = async (client: Client): Promise<number> => {
  for (;;) {
    const projects = await client.projects()
    const runs = await Promise.all(projects.map(({ id }) => client.runs(id, 5)))
    if (runs.flat().every(({ status }) => runEnded(status))) return 0
    await sleep(200)
  }
}
