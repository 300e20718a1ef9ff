import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { EngineCommand } from './engine-process.ts'

/** Path of the embedded engine's binary; undefined where there is none for this platform. */
export const dynoxideBinary = (): string | undefined => {
  try {
    return createRequire(import.meta.url).resolve(
      `@dynoxide/${process.platform}-${process.arch}/dynoxide`,
    )
  } catch {
    return undefined
  }
}

/** Where it keeps the table of a data folder: one SQLite file. */
export const dynoxideFile = (folder: string): string => join(folder, 'dynamodb.db')

/** The embedded engine on a data folder. */
export const dynoxide = (binary: string, folder: string, port: number): EngineCommand => ({
  name: 'dynoxide',
  program: binary,
  args: ['--host', '127.0.0.1', '--port', String(port), '--db-path', dynoxideFile(folder)],
  missing: 'install the dependencies again, or set VIGIL_TABLE_ENGINE to dynamodb-local',
})
