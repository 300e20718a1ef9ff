import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Engine, type EngineOptions, openEngine } from '#infra/local/step-functions/engine.ts'
import { until, type VirtualClock, virtualClock } from './virtual-clock.ts'

type Functions = Record<string, (event: unknown) => unknown>

/** What a test says of its engine; the rest is ordinary. */
export type TestOptions = Partial<Omit<EngineOptions, 'definitions' | 'functions'>> & {
  /** The text of each state machine, by name. */
  machines: Record<string, string>
  functions?: Functions
}

/** An engine on a virtual clock, in memory unless a path is given, not yet started. */
export function openTestEngine({ machines, functions = {}, ...options }: TestOptions): Engine {
  return openEngine({
    path: ':memory:',
    region: 'eu-west-1',
    account: '123456789012',
    clock: virtualClock(),
    newId: randomUUID,
    random: () => 0.5,
    publish: () => {},
    ...options,
    definitions: Object.entries(machines).map(([name, text]) => ({ name, text })),
    functions: (arn) => {
      const run = functions[arn.split(':function:')[1] ?? '']
      return run && (async (event) => run(event))
    },
  })
}

/** A path for a journal that no other test has, gone with the test. */
export function journalPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'step-functions-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'journal.sqlite')
}

/** Starts an execution and moves time on until it has ended; gives what DescribeExecution says. */
export async function runToEnd(
  engine: Engine,
  clock: VirtualClock,
  machine: string,
  input: unknown = {},
) {
  const stateMachineArn = engine.stateMachineArn(machine)
  const { executionArn } = engine.startExecution({ stateMachineArn, input: JSON.stringify(input) })
  const describe = () => engine.describeExecution({ executionArn })
  await until(clock, () => describe().status !== 'RUNNING')
  return describe()
}

/** The types of an execution's events, in order. */
export function trail(engine: Engine, executionArn: string): string[] {
  return engine
    .getExecutionHistory({ executionArn, maxResults: 1000 })
    .events.map(({ type }) => type)
}
