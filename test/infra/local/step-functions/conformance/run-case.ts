import { randomUUID } from 'node:crypto'
import { readDefinition } from '#infra/local/step-functions/definition/load-definition.ts'
import { openEngine } from '#infra/local/step-functions/engine.ts'
import { settled, type VirtualClock, virtualClock } from '../virtual-clock.ts'
import type { Case } from './case.ts'
import { flatEvents } from './flat-events.ts'
import { difference } from './matches.ts'
import { outsideOf } from './outside.ts'
import { functionsOf, servicesOf } from './world-of.ts'

/** What became of a case: `skipped` holds what the engine refuses by name, `failed` the first difference. */
export type Verdict = { passed: true } | { skipped: string[] } | { failed: string }

/** Runs one case in an engine of its own, on a virtual clock. */
export async function runCase(one: Case): Promise<Verdict> {
  const refused = refusals(one)
  if (refused.length > 0) return { skipped: refused }
  const fault = one.kind === 'execution' ? await execute(one) : checkDefinition(one)
  return fault === undefined ? { passed: true } : { failed: fault }
}

const OWN = [
  'lambda:invoke',
  'lambda:invoke.waitForTaskToken',
  'states:startExecution',
  'states:startExecution.sync',
  'states:startExecution.sync:2',
].map((name) => `arn:aws:states:::${name}`)

function resourcesOf(one: Case): Set<string> {
  return new Set([...OWN, ...one.services.map(({ resource }) => resource)])
}

function refusals(one: Case): string[] {
  if (one.stateMachineType === 'EXPRESS') return ['Express']
  const texts = [textOf(one), ...Object.values(one.stateMachines).map((machine) => textOf(machine))]
  const diagnostics = texts.flatMap((text) => {
    const read = readDefinition(text, resourcesOf(one))
    return 'diagnostics' in read ? read.diagnostics : []
  })
  return [
    ...new Set(
      diagnostics.flatMap(({ message }) => {
        if (message.includes('JSONPath is not supported by this engine')) return ['JSONPath']
        const named = /^\w+(?: type)? '(.+)' is not supported by this engine$/.exec(message)?.[1]
        return named ? [named] : []
      }),
    ),
  ]
}

function textOf({
  definition,
  definitionText,
}: {
  definition?: unknown
  definitionText?: string | undefined
}) {
  return definitionText ?? JSON.stringify(definition)
}

function checkDefinition(one: Case): string | undefined {
  const read = readDefinition(textOf(one), resourcesOf(one))
  const diagnostics = 'diagnostics' in read ? read.diagnostics : []
  if (one.kind === 'createError')
    return diagnostics.length > 0 ? undefined : 'The definition was accepted'
  const result = diagnostics.length > 0 ? 'FAIL' : 'OK'
  return difference(
    { result: one.expected.result, diagnostics: one.expected.diagnostics },
    { result, diagnostics },
  )
}

async function execute(one: Case): Promise<string | undefined> {
  const clock = virtualClock()
  const machines = Object.entries(one.stateMachines).map(([arn, machine]) => ({
    name: arn.split(':').at(-1) ?? arn,
    text: textOf(machine),
  }))
  const engine = openEngine({
    path: ':memory:',
    region: 'us-east-1',
    account: '111111111111',
    definitions: [{ name: 'conformance', text: textOf(one) }, ...machines],
    functions: functionsOf(one, clock),
    integrations: servicesOf(one),
    publish: () => {},
    clock,
    newId: randomUUID,
    random: () => 0.5,
  })
  engine.start()
  const stateMachineArn = engine.stateMachineArn('conformance')
  const { executionArn } = engine.startExecution({
    stateMachineArn,
    input: JSON.stringify(one.input),
  })
  const isRunning = () => engine.describeExecution({ executionArn }).status === 'RUNNING'
  const stuck = await play(clock, isRunning, outsideOf(one, engine, executionArn))
  const { status, output, error, cause } = engine.describeExecution({ executionArn })
  const events = flatEvents(engine, executionArn)
  await engine.close()
  return stuck ?? compare(one, { status, output, error, cause }, events)
}

async function play(clock: VirtualClock, isRunning: () => boolean, act: () => Promise<boolean>) {
  for (;;) {
    await settled()
    if (!isRunning()) return undefined
    if (!(await act()) && !clock.next()) return 'The execution is stuck'
  }
}

type Ended = {
  status: string
  output?: string | undefined
  error?: string | undefined
  cause?: string | undefined
}

function compare(
  { expected }: Case,
  ended: Ended,
  events: Record<string, unknown>[],
): string | undefined {
  const { output, ...rest } = ended
  const found =
    difference(expected.status, rest.status, 'status') ??
    difference(expected.output, output === undefined ? undefined : JSON.parse(output), 'output') ??
    difference(expected.error, rest.error, 'error') ??
    difference(expected.cause, rest.cause, 'cause')
  if (found || !expected.events) return found
  const kept = (list: Record<string, unknown>[]) =>
    list.filter(({ type }) => !expected.ignoreTypes.includes(String(type)))
  const wanted = kept(expected.events)
  const got = kept(events)
  for (const [index, event] of wanted.entries()) {
    const actual = { ...got[index] }
    for (const key of ['id', 'previousEventId']) if (!(key in event)) delete actual[key]
    const differs = difference(event, actual, `event ${index + 1} ${event.type}`)
    if (differs) return differs
  }
  return wanted.length === got.length
    ? undefined
    : `${got.length} events instead of ${wanted.length}`
}
