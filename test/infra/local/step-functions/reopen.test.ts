import { afterEach, expect, test } from 'vitest'
import type { Engine } from '#infra/local/step-functions/engine.ts'
import { journalPath, openTestEngine, runToEnd, type TestOptions } from './open-test-engine.ts'
import { pass, settled, until, virtualClock } from './virtual-clock.ts'

const WAITING = `
QueryLanguage: JSONata
StartAt: Launch
States:
  Launch:
    Type: Task
    Resource: arn:aws:states:::lambda:invoke.waitForTaskToken
    Arguments: { FunctionName: launch, Payload: { token: '{% $states.context.Task.Token %}' } }
    HeartbeatSeconds: 10
    Next: Answer
  Answer: { Type: Pass, Output: first, End: true }
`

const engines: Engine[] = []
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close()
})

function open(path: string, options: Partial<TestOptions> = {}) {
  const tokens: string[] = []
  const clock = virtualClock()
  const engine = openTestEngine({
    path,
    clock,
    machines: { m: WAITING },
    functions: { launch: (event) => tokens.push((event as { token: string }).token) },
    ...options,
  })
  engines.push(engine)
  engine.start()
  return { engine, clock, tokens, stateMachineArn: engine.stateMachineArn('m') }
}

async function launched(path: string) {
  const { engine, stateMachineArn, tokens, clock } = open(path)
  const { executionArn } = engine.startExecution({ stateMachineArn })
  await until(clock, () => tokens.length > 0 && engine.idle())
  await engines.pop()?.close()
  return { executionArn, taskToken: tokens[0] ?? '' }
}

test('a token outlives the engine, and ends its task once', async () => {
  const path = journalPath()
  const { executionArn, taskToken } = await launched(path)
  const { engine, tokens } = open(path)
  await engine.sendTaskHeartbeat({ taskToken })
  await engine.sendTaskSuccess({ taskToken, output: '1' })
  await settled()
  expect(engine.describeExecution({ executionArn }).status).toBe('SUCCEEDED')
  await expect(engine.sendTaskSuccess({ taskToken, output: '1' })).rejects.toThrow('Task Timed Out')
  expect(tokens).toEqual([])
})

test('a heartbeat has its full time again after a reopening', async () => {
  const path = journalPath()
  const { executionArn } = await launched(path)
  const clock = virtualClock(Date.parse('2026-01-01T09:00:00Z'))
  const { engine } = open(path, { clock })
  await pass(clock, 9)
  expect(engine.describeExecution({ executionArn }).status).toBe('RUNNING')
  await pass(clock, 1)
  expect(engine.describeExecution({ executionArn }).error).toBe('States.Timeout')
})

test('a function that had not answered is called again with the same token', async () => {
  const path = journalPath()
  const before: unknown[] = []
  const hang = (event: unknown) => {
    before.push(event)
    return new Promise(() => {})
  }
  const first = open(path, { functions: { launch: hang } })
  first.engine.startExecution({ stateMachineArn: first.stateMachineArn })
  await until(first.clock, () => before.length > 0)
  await engines.pop()?.close()
  const { tokens, clock } = open(path)
  await until(clock, () => tokens.length > 0)
  expect(before).toEqual([{ token: tokens[0] }])
})

test('a running execution goes on with its own definition, the next has the new one', async () => {
  const path = journalPath()
  const { executionArn, taskToken } = await launched(path)
  const text =
    'QueryLanguage: JSONata\nStartAt: New\nStates: { New: { Type: Pass, Output: second, End: true } }'
  const { engine, clock } = open(path, { machines: { m: text } })
  await engine.sendTaskSuccess({ taskToken, output: '1' })
  await settled()
  expect(engine.describeExecution({ executionArn }).output).toBe('"first"')
  expect(engine.versionArn('m')).toMatch(/:2$/)
  expect((await runToEnd(engine, clock, 'm')).output).toBe('"second"')
})

test('a journal has one engine at a time', () => {
  const path = journalPath()
  open(path)
  expect(() => openTestEngine({ path, machines: { m: WAITING } })).toThrow('database is locked')
})

test('the same definition is no new version', async () => {
  const path = journalPath()
  await launched(path)
  expect(open(path).engine.versionArn('m')).toMatch(/:1$/)
})

test('a status change that could not be published is published later', async () => {
  const path = journalPath()
  const refuse = () => Promise.reject(new Error('the bus is away'))
  const first = open(path, { publish: refuse })
  first.engine.startExecution({ stateMachineArn: first.stateMachineArn, name: 'one' })
  await settled()
  await engines.pop()?.close()
  const seen: unknown[] = []
  let away = true
  const { clock, stateMachineArn } = open(path, {
    publish: (change) => {
      if (away) throw new Error('still away')
      seen.push(change)
    },
  })
  await settled()
  away = false
  await until(clock, () => seen.length > 0)
  expect(seen[0]).toEqual({
    executionArn: stateMachineArn.replace('stateMachine', 'execution').concat(':one'),
    stateMachineArn,
    name: 'one',
    status: 'RUNNING',
    startDate: Date.parse('2026-01-01T00:00:00Z'),
    stopDate: null,
    input: '{}',
    output: null,
    error: null,
    cause: null,
  })
})

test('executions are forgotten ninety days after their end', async () => {
  const path = journalPath()
  const { executionArn, taskToken } = await launched(path)
  const { engine } = open(path)
  await engine.sendTaskSuccess({ taskToken, output: '1' })
  await settled()
  await engines.pop()?.close()
  const late = open(path, { clock: virtualClock(Date.parse('2026-04-02T00:00:00Z')) })
  expect(() => late.engine.describeExecution({ executionArn })).toThrow('Execution Does Not Exist')
})
