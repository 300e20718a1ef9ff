import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Makes a folder that goes when the test ends; its path has a space and more than ASCII. */
export const makeFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'vigil ünï-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
