import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A folder that goes when the tests of a file have ended. */
export const scratch = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-cloud-'))
  folders.push(folder)
  return folder
}
