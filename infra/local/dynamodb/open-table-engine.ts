import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { LocalSettings, readSettings } from '#core/settings.ts'
import { freePort, listen } from '#infra/local/listen.ts'
import { chooseEngine, type EngineChoice, engineFacts } from './choose-engine.ts'
import { dynamodbLocal } from './dynamodb-local.ts'
import { dynoxide } from './dynoxide.ts'
import { endEnginesOf, type KnownProcess, startEngine, stopProcess } from './engine-process.ts'
import { checkEndpoint } from './given-endpoint.ts'
import { keepEngine } from './keep-engine.ts'

/** A table engine that is running: where it answers, and how it is stopped. */
export interface TableEngine {
  readonly endpoint: string
  /** Undefined where it is not ours to stop. */
  readonly process: KnownProcess | undefined
  stop(): Promise<void>
}

const Known = z.object({ pid: z.number().int(), startTime: z.string() })

/**
 * Starts the table engine of a data folder, on the port that it had before if it can: supervisors
 * that outlived their plane still call it. One that outlived its plane, too, is ended first. Throws
 * a PlaneError.
 */
export const openTableEngine = async (
  folder: string,
  port: number | undefined,
  settings: LocalSettings = readSettings(LocalSettings),
): Promise<TableEngine> => {
  const choice = chooseEngine(settings, engineFacts(folder))
  const known = join(folder, 'dynamodb.pid')
  await endTheLast(known)
  await endEnginesOf(folder)
  if (choice.engine === 'endpoint') {
    await checkEndpoint(choice.endpoint)
    return { endpoint: choice.endpoint, process: undefined, stop: async () => undefined }
  }
  const { port: at, process } = await startAtAnyPort(choice, folder, port)
  writeFileSync(known, JSON.stringify(process))
  const { stop } = keepEngine(process, async () => {
    const again = await startAt(choice, folder, at)
    writeFileSync(known, JSON.stringify(again))
    return again
  })
  return { endpoint: `http://127.0.0.1:${at}`, process, stop }
}

type OwnEngine = Exclude<EngineChoice, { engine: 'endpoint' }>

/** A port that was free may be somebody else's when the engine comes to it: then the next one. */
const startAtAnyPort = async (choice: OwnEngine, folder: string, wanted: number | undefined) => {
  for (let round = 1; ; round += 1) {
    const port = round === 1 && wanted && (await isFree(wanted)) ? wanted : await freePort()
    try {
      return { port, process: await startAt(choice, folder, port) }
    } catch (error) {
      if (round === ROUNDS || (await isFree(port))) throw error
    }
  }
}

const ROUNDS = 3

const startAt = (choice: OwnEngine, folder: string, port: number): Promise<KnownProcess> =>
  startEngine(commandOf(choice, folder, port), { folder, port, log: join(folder, 'dynamodb.log') })

const commandOf = (choice: OwnEngine, folder: string, port: number) =>
  choice.engine === 'dynoxide'
    ? dynoxide(choice.from, folder, port)
    : dynamodbLocal(choice.from, folder, port)

const endTheLast = async (known: string): Promise<void> => {
  if (!existsSync(known)) return
  const last = Known.safeParse(jsonOf(readFileSync(known, 'utf8'))).data
  if (last) await stopProcess(last)
  rmSync(known, { force: true })
}

/** A plane that was killed in the middle of writing leaves half a file. */
const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isFree = async (port: number): Promise<boolean> => {
  try {
    const { close } = await listen(() => undefined, port, true)
    await close()
    return true
  } catch {
    return false
  }
}
