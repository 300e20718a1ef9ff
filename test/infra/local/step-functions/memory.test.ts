import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { journalPath } from './open-test-engine.ts'

test('a thousand waiting executions cost less than 80 MB', async () => {
  const file = 'test/infra/local/step-functions/thousand-waiting.ts'
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--no-warnings',
    file,
    journalPath(),
  ])
  const { waiting, before, after } = JSON.parse(stdout)
  expect(waiting).toBe(1_000)
  expect(after - before).toBeLessThan(80)
})
