import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { StateMachine } from 'aws-local-stepfunctions'
import { ulid } from 'ulid'
import { openEngine } from '#infra/local/step-functions/engine.ts'
import { systemClock } from '#infra/local/step-functions/system-clock.ts'
import { percentile, type Row } from './row.ts'

const STATES = 25
const EXECUTIONS = 60

/** The workflow engine: durable transitions, beside an interpreter that keeps everything in memory. */
export const engineRows = async (): Promise<Row[]> => {
  const ours = await durable()
  const theirs = await inMemory()
  const waiting = JSON.parse(
    spawnSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=2', WAITING],
      { encoding: 'utf8' },
    ).stdout,
  )
  return [
    {
      name: 'engine, transitions per second, durable',
      value: Math.round((EXECUTIONS * STATES) / (sum(ours) / 1000)),
      unit: '1/s',
      beside: {
        what: 'aws-local-stepfunctions, in memory',
        value: Math.round((EXECUTIONS * STATES) / (sum(theirs) / 1000)),
      },
    },
    {
      name: 'engine, overhead per transition, p50',
      value: round(percentile(ours, 0.5) / STATES),
      unit: 'ms',
      goal: { atMost: 5 },
      beside: { what: 'in memory', value: round(percentile(theirs, 0.5) / STATES) },
    },
    {
      name: 'engine, overhead per transition, p99',
      value: round(percentile(ours, 0.99) / STATES),
      unit: 'ms',
      goal: { atMost: 20 },
      beside: { what: 'in memory', value: round(percentile(theirs, 0.99) / STATES) },
    },
    {
      name: 'engine, memory with 1,000 waiting executions',
      value: waiting.rssMb,
      unit: 'MB',
      goal: { atMost: 150 },
      beside: { what: 'the same process with none', value: waiting.emptyMb },
    },
  ]
}

const WAITING = fileURLToPath(new URL('./waiting.ts', import.meta.url))

/** A chain of Pass states that both read: no expression, so no query language. */
const CHAIN = {
  StartAt: 'S1',
  States: Object.fromEntries(
    Array.from({ length: STATES }, (_, index) => [
      `S${index + 1}`,
      { Type: 'Pass', ...(index + 1 < STATES ? { Next: `S${index + 2}` } : { End: true }) },
    ]),
  ),
}

const durable = async (): Promise<number[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-bench-'))
  let ended: () => void = () => undefined
  const engine = openEngine({
    path: join(folder, 'journal.db'),
    region: 'local',
    account: '000000000000',
    definitions: [{ name: 'chain', text: JSON.stringify({ ...CHAIN, QueryLanguage: 'JSONata' }) }],
    functions: () => undefined,
    publish: ({ status }) => {
      if (status !== 'RUNNING') ended()
    },
    clock: systemClock,
    newId: () => ulid().toLowerCase(),
    random: Math.random,
  })
  engine.start()
  const times: number[] = []
  for (let round = 0; round < EXECUTIONS; round += 1) {
    const began = performance.now()
    const over = new Promise<void>((resolve) => {
      ended = resolve
    })
    engine.startExecution({ stateMachineArn: engine.stateMachineArn('chain'), input: '{}' })
    await over
    times.push(performance.now() - began)
  }
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
  return times
}

const inMemory = async (): Promise<number[]> => {
  const machine = new StateMachine(JSON.parse(JSON.stringify(CHAIN)))
  const times: number[] = []
  for (let round = 0; round < EXECUTIONS; round += 1) {
    const began = performance.now()
    await machine.run({}).result
    times.push(performance.now() - began)
  }
  return times
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

const round = (value: number): number => Math.round(value * 1000) / 1000
