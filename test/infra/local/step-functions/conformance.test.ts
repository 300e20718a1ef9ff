import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readCases } from './conformance/case.ts'
import { runCase } from './conformance/run-case.ts'

const cases = readCases(readFileSync('test/fixtures/asl-conformance/jsonata.jsonl', 'utf8'))
const foreign = /^(Map|Parallel|activities)$/

for (const one of cases) {
  test(`${one.id} ends as recorded`, async ({ skip }) => {
    const verdict = await runCase(one)
    if ('skipped' in verdict) {
      expect(verdict.skipped.every((name) => foreign.test(name))).toBe(true)
      skip(`the engine refuses ${verdict.skipped.join(', ')}`)
    }
    expect(verdict).toEqual({ passed: true })
  })
}
