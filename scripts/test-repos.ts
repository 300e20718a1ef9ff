import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measure } from './test-repos/measure.ts'
import { PACKAGES } from './test-repos/packages.ts'

/** `npm run test:repos`: the janitor on public packages, against an independent judge and known truths. */
const folder = await mkdtemp(join(tmpdir(), 'vigil-test-repos-'))
let passed = 0
let failed = 0

try {
  for (const name of PACKAGES) {
    for (const isSeeded of [false, true]) {
      const { line, complaints } = await measure(name, isSeeded, folder).catch(
        (error: unknown) => ({
          line: `${name}: stopped`,
          complaints: [String(error)],
        }),
      )
      if (complaints.length === 0) passed += 1
      else failed += 1
      process.stdout.write(`${complaints.length === 0 ? 'ok  ' : 'FAIL'} ${line}\n`)
      for (const complaint of complaints) process.stdout.write(`       ${complaint}\n`)
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1
