import { expect, test } from 'vitest'
import { journalPath, openTestEngine, runToEnd } from './open-test-engine.ts'
import { settled, until, virtualClock } from './virtual-clock.ts'

function parent(version = '', fields: object = {}): string {
  const Child = {
    Type: 'Task',
    Resource: 'arn:aws:states:::states:startExecution.sync:2',
    Arguments: {
      StateMachineArn: `arn:aws:states:eu-west-1:123456789012:stateMachine:child${version}`,
      Name: '{% $states.input.name %}',
      Input: { given: '{% $states.input.given %}' },
    },
    Output: '{% $states.result.Output %}',
    ...fields,
    End: true,
  }
  return JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'Child', States: { Child } })
}

function child(output: unknown): string {
  const States = {
    Rest: { Type: 'Wait', Seconds: 60, Next: 'Answer' },
    Answer: { Type: 'Pass', Output: output, End: true },
  }
  return JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'Rest', States })
}

const ECHO = child({ said: '{% $states.input.given %}' })
const CHILD_ARN = 'arn:aws:states:eu-west-1:123456789012:execution:child:c1'

test('a nested execution gets its name and input, and its output comes back as JSON', async () => {
  const clock = virtualClock()
  const engine = openTestEngine({ clock, machines: { child: ECHO, parent: parent() } })
  engine.start()
  const ended = await runToEnd(engine, clock, 'parent', { name: 'c1', given: [1] })
  expect(JSON.parse(ended.output ?? '')).toEqual({ said: [1] })
  expect(engine.describeExecution({ executionArn: CHILD_ARN })).toMatchObject({
    status: 'SUCCEEDED',
    input: '{"given":[1]}',
  })
})

test('a version ARN starts that version, whatever came later', async () => {
  const path = journalPath()
  const first = openTestEngine({ path, machines: { child: child('old'), parent: parent(':1') } })
  await first.close()
  const clock = virtualClock()
  const engine = openTestEngine({
    path,
    clock,
    machines: { child: child('new'), parent: parent(':1') },
  })
  engine.start()
  expect(engine.versionArn('child')).toMatch(/:child:2$/)
  const ended = await runToEnd(engine, clock, 'parent', { name: 'c1', given: 1 })
  expect(ended.output).toBe('"old"')
  const { stateMachineVersionArn } = engine.describeExecution({ executionArn: CHILD_ARN })
  expect(stateMachineVersionArn).toMatch(/:child:1$/)
})

test('a name that was used before is an error that can be caught', async () => {
  const clock = virtualClock()
  const engine = openTestEngine({ clock, machines: { child: ECHO, parent: parent() } })
  engine.start()
  await runToEnd(engine, clock, 'parent', { name: 'c1', given: 1 })
  expect(await runToEnd(engine, clock, 'parent', { name: 'c1', given: 1 })).toMatchObject({
    status: 'FAILED',
    error: 'StepFunctions.ExecutionAlreadyExistsException',
  })
})

test('two parents may wait for the same running child', async () => {
  const clock = virtualClock()
  const engine = openTestEngine({ clock, machines: { child: ECHO, parent: parent() } })
  engine.start()
  const input = { name: 'c1', given: 1 }
  const ends = await Promise.all([
    runToEnd(engine, clock, 'parent', input),
    runToEnd(engine, clock, 'parent', input),
  ])
  expect(ends.map(({ output }) => output)).toEqual(['{"said":1}', '{"said":1}'])
})

test.each([
  [
    'fails',
    JSON.stringify({
      QueryLanguage: 'JSONata',
      StartAt: 'F',
      States: { F: { Type: 'Fail', Error: 'E', Cause: 'C' } },
    }),
    { Error: 'E', Cause: 'C', Status: 'FAILED' },
  ],
  ['times out', child(1).replace('{', '{"TimeoutSeconds":5,'), { Status: 'TIMED_OUT' }],
])('a child that %s fails its task as States.TaskFailed', async (_, text, cause) => {
  const clock = virtualClock()
  const engine = openTestEngine({ clock, machines: { child: text, parent: parent() } })
  engine.start()
  const ended = await runToEnd(engine, clock, 'parent', { name: 'c1', given: 1 })
  expect(ended).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' })
  expect(JSON.parse(ended.cause ?? '')).toMatchObject({ ...cause, ExecutionArn: CHILD_ARN })
})

test('stopping an execution stops the child it waits for', async () => {
  const clock = virtualClock()
  const engine = openTestEngine({ clock, machines: { child: ECHO, parent: parent() } })
  engine.start()
  const stateMachineArn = engine.stateMachineArn('parent')
  const input = JSON.stringify({ name: 'c1', given: 1 })
  const { executionArn } = engine.startExecution({ stateMachineArn, input })
  await settled()
  await engine.stopExecution({ executionArn, error: 'cancelled', cause: 'by a person' })
  await until(clock, () => engine.idle())
  expect(engine.describeExecution({ executionArn })).toMatchObject({
    status: 'ABORTED',
    error: 'cancelled',
    cause: 'by a person',
  })
  expect(engine.describeExecution({ executionArn: CHILD_ARN }).status).toBe('ABORTED')
  expect(await engine.stopExecution({ executionArn })).toHaveProperty('stopDate')
})

test('a child whose parent was stopped just before the engine died is stopped by the next engine', async () => {
  const path = journalPath()
  const machines = { child: ECHO, parent: parent() }
  let stopping = false
  let closing: Promise<void> | undefined
  const first = openTestEngine({
    path,
    machines,
    onWrite: () => {
      if (stopping) closing ??= first.close()
    },
  })
  first.start()
  const stateMachineArn = first.stateMachineArn('parent')
  const input = JSON.stringify({ name: 'c1', given: 1 })
  const { executionArn } = first.startExecution({ stateMachineArn, input })
  await settled()
  stopping = true
  await first.stopExecution({ executionArn }).catch(() => {})
  await closing
  const engine = openTestEngine({ path, machines })
  expect(engine.describeExecution({ executionArn }).status).toBe('ABORTED')
  expect(engine.describeExecution({ executionArn: CHILD_ARN }).status).toBe('RUNNING')
  engine.start()
  await settled()
  expect(engine.describeExecution({ executionArn: CHILD_ARN }).status).toBe('ABORTED')
})
