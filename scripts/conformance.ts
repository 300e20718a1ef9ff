import { readFileSync } from 'node:fs'
import { readCases } from '#test/infra/local/step-functions/conformance/case.ts'
import { runCase } from '#test/infra/local/step-functions/conformance/run-case.ts'

/**
 * `conformance FILE`: runs recorded cases of AWS Step Functions against the local engine. Prints what was skipped
 * because the engine refuses it by name, each failure, and the sum; fails when a case failed.
 */
const [file = 'test/fixtures/asl-conformance/jsonata.jsonl'] = process.argv.slice(2)
const skipped = new Map<string, string[]>()
const sum = { passed: 0, failed: 0, skipped: 0 }
for (const one of readCases(readFileSync(file, 'utf8'))) {
  const verdict = await runCase(one)
  if ('passed' in verdict) sum.passed += 1
  if ('failed' in verdict) {
    sum.failed += 1
    console.log(`FAILED ${one.id}\n  ${verdict.failed}`)
  }
  if ('skipped' in verdict) {
    sum.skipped += 1
    for (const name of verdict.skipped) skipped.set(name, [...(skipped.get(name) ?? []), one.id])
  }
}
for (const [name, ids] of skipped) {
  console.log(`SKIPPED ${ids.length}: the engine refuses ${name}`)
  for (const id of ids) console.log(`  ${id}`)
}
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`)
process.exitCode = sum.failed > 0 ? 1 : 0
