import { findPlane } from '#infra/local/data-folder.ts'
import { openPlane } from '#infra/local/plane.ts'
import { type Client, openClient } from './client.ts'
import { dataFolder } from './home.ts'
import { untilStopped } from './until-stopped.ts'

/** Talks to the plane of the data folder, or starts one for as long as the work needs. */
export const withPlane = async (work: (client: Client) => Promise<number>): Promise<number> => {
  const home = dataFolder()
  const stopped = untilStopped()
  const running = findPlane(home)
  if (running) return Promise.race([work(openClient(running)), stopped])
  const plane = await openPlane({ home })
  try {
    return await Promise.race([work(openClient(plane)), stopped])
  } finally {
    await plane.close()
  }
}
