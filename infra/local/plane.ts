import { LocalSettings, readSettings } from '#core/settings.ts'
import type { World } from '#functions/world.ts'
import { serveApi } from './api/serve-api.ts'
import { takeDataFolder } from './data-folder.ts'
import { listen } from './listen.ts'
import { type LocalServices, openServices, type Watchers } from './open-services.ts'
import { PlaneError } from './plane-error.ts'

/** A plane that runs. */
export interface Plane {
  readonly url: string
  readonly token: string
  readonly world: World
  /** Stops everything of it: agents are told to save their work, and nothing is left behind. */
  close(): Promise<void>
}

/**
 * Opens the plane of a data folder: the services on loopback, the workflows and their handlers in
 * this process, the API. Goes on with whatever a plane before it left. Throws a PlaneError.
 */
export const openPlane = async (
  options: {
    home: string
    /** Port of the API; by default the last one, or any. */
    port?: number | undefined
  } & Watchers,
): Promise<Plane> => {
  const folder = takeDataFolder(options.home)
  const closers: (() => unknown)[] = [() => folder.release()]
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer()
  }
  try {
    const services = await openServices(folder, closers, options)
    const api = await openApi(
      services,
      options.port ?? readSettings(LocalSettings).VIGIL_PORT,
      folder.ports?.api,
    )
    closers.push(() => api.close())
    folder.publish({ api: api.port, aws: services.awsPort, dynamodb: services.dynamodbPort })
    services.start()
    return {
      url: `http://127.0.0.1:${api.port}`,
      token: folder.token,
      world: services.world,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

const openApi = async (
  { world, failed }: LocalServices,
  wanted: number | undefined,
  last: number | undefined,
) => {
  const api = serveApi(world, (error) => failed('api', error))
  try {
    return await listen(api, wanted ?? last ?? 0, wanted !== undefined)
  } catch (error) {
    throw new PlaneError(
      `port ${wanted} is taken: give another with --port, or none (${String(error)})`,
    )
  }
}
