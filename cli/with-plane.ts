import { findPlane } from '#infra/local/data-folder.ts'
import { openPlane } from '#infra/local/plane.ts'
import { type Client, openClient } from './client.ts'
import { dataFolder } from './home.ts'

/** Talks to the plane of the data folder, or starts one for as long as the work needs. */
export const withPlane = async <T>(work: (client: Client) => Promise<T>): Promise<T> => {
  const home = dataFolder()
  const running = findPlane(home)
  if (running) return work(openClient(running))
  const plane = await openPlane({ home })
  const stop = () => void plane.close().then(() => process.exit(130))
  process.once('SIGINT', stop).once('SIGTERM', stop)
  try {
    return await work(openClient(plane))
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop)
    await plane.close()
  }
}
