import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { makeSample } from '#infra/local/sample/make-sample.ts'

/** Makes the sample repository for one test. */
export async function makeHandbook(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'handbook-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  await makeSample(join(folder, 'sample'), new Date('2026-01-31T12:00:00Z'))
  return join(folder, 'sample')
}
