import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { environment } from '#core/settings.ts'
import type { Test } from './mutant.ts'

/** What a test came to: `red` names what failed first; `broken`: it could not be run. */
export type Ran =
  | { readonly is: 'green' }
  | { readonly is: 'red' | 'broken'; readonly because: string }

/** Runs a test in a tree. */
export const runTest = (folder: string, test: Test): Promise<Ran> => {
  if (test.kind === 'fault') return runFault(folder, test.fault)
  return runVitest(folder, test.kind === 'vitest' ? [test.file] : SIMULATION)
}

/** Runs vitest with these arguments in a tree, until something fails. */
export const runVitest = async (folder: string, given: readonly string[]): Promise<Ran> => {
  const own = mkdtempSync(join(tmpdir(), 'vigil-mutant-'))
  const report = join(own, 'report.json')
  const options = ['--bail=1', '--reporter=json', `--outputFile=${report}`]
  try {
    const { output } = await run(folder, [
      'node_modules/vitest/vitest.mjs',
      'run',
      ...given,
      ...options,
    ])
    const parsed = VitestReport.safeParse(jsonOf(() => readFileSync(report, 'utf8')))
    return parsed.success ? verdict(parsed.data) : { is: 'broken', because: output.slice(-500) }
  } finally {
    rmSync(own, { recursive: true, force: true })
  }
}

const SIMULATION = ['--config', 'vitest.simulation.config.ts', '--project', 'laws']

const VitestReport = z.object({
  numPassedTests: z.number(),
  testResults: z.array(
    z.object({
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({
          status: z.string(),
          fullName: z.string(),
          failureMessages: z.array(z.string()),
        }),
      ),
    }),
  ),
})

/** A file that does not even load says nothing about the mutant. */
const verdict = ({ numPassedTests, testResults }: z.infer<typeof VitestReport>): Ran => {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults)
  const failed = tests.find(({ status }) => status === 'failed')
  if (failed) {
    const law = /Broken: (.*)\.$/m.exec(failed.failureMessages[0] ?? '')?.[1]
    return { is: 'red', because: law ?? failed.fullName }
  }
  if (numPassedTests > 0 && testResults.every(({ message }) => message === ''))
    return { is: 'green' }
  return { is: 'broken', because: testResults.map(({ message }) => message).join('\n') }
}

const FaultReport = z.array(z.object({ name: z.string(), held: z.boolean() }))

/** A fault that is only late is one on a slow machine: what counts are its laws. */
const runFault = async (folder: string, name: string): Promise<Ran> => {
  const args = ['--disable-warning=ExperimentalWarning', 'scripts/faults.ts', '--json']
  const { output, told } = await run(folder, [...args, '--only', name, '--jobs', '1'])
  const [row] = FaultReport.safeParse(jsonOf(() => output)).data ?? []
  if (!row) return { is: 'broken', because: told.slice(-500) }
  const lines = told.split('\n').filter((line) => /^\s+\S/.test(line) && !LATE.test(line))
  const because = lines[0]?.trim()
  return row.held || because === undefined ? { is: 'green' } : { is: 'red', because }
}

const LATE = / after (\d+|null) ms of \d+$/

const jsonOf = (read: () => string): unknown => {
  try {
    return JSON.parse(read())
  } catch {
    return undefined
  }
}

const run = (folder: string, args: string[]): Promise<{ output: string; told: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: folder,
      env: { ...environment(), ...SEEDED },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [output, told] = ['', '']
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    child.stderr.on('data', (chunk) => {
      told += chunk
    })
    child.on('error', reject)
    child.on('close', () => resolve({ output, told }))
  })

/** The same schedules each time, and the first that breaks a law is enough. */
const SEEDED = { SIMULATION_SEED: '1', SIMULATION_SHRINK: 'no', SIMULATION_RUNS: '100' }
