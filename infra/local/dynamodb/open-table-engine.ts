import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { freePort } from '#infra/local/listen.ts'
import { PlaneError } from '#infra/local/plane-error.ts'
import { isAlive } from '#infra/local/processes.ts'
import { dynoxideBinary, startDynoxide, stopProcess, type TableEngine } from './dynoxide.ts'

const Known = z.object({ pid: z.number().int(), startTime: z.string() })

/**
 * Starts the table engine of a data folder, on the port that it had before if it can: supervisors
 * that outlived their plane still call it. One that outlived its plane, too, is ended first.
 */
export const openTableEngine = async (
  folder: string,
  port: number | undefined,
): Promise<TableEngine> => {
  const binary = dynoxideBinary()
  if (binary === undefined || !existsSync(binary))
    throw new PlaneError(
      `there is no embedded table engine for ${process.platform}-${process.arch}: run Vigil on linux-x64`,
    )
  const known = join(folder, 'dynamodb.pid')
  await endTheLast(known)
  const options = { file: join(folder, 'dynamodb.db'), log: join(folder, 'dynamodb.log') }
  const engine = await startDynoxide(binary, {
    ...options,
    port: port ?? (await freePort()),
  }).catch(async () => startDynoxide(binary, { ...options, port: await freePort() }))
  writeFileSync(known, JSON.stringify(engine.process))
  return engine
}

const endTheLast = async (known: string): Promise<void> => {
  if (!existsSync(known)) return
  const last = Known.safeParse(JSON.parse(readFileSync(known, 'utf8') || '{}')).data
  if (last && isAlive(last)) await stopProcess(last)
  rmSync(known, { force: true })
}
