import { paginateListExecutions } from '@aws-sdk/client-sfn'
import { afterAll, expect, test } from 'vitest'
import { stepFunctionsWire } from '#infra/local/step-functions/wire.ts'
import { openTestEngine } from './open-test-engine.ts'
import { MACHINE, openWire } from './open-wire.ts'

const { client, stateMachineArn, versionArn, start, close } = await openWire()
afterAll(close)

test('an execution goes its way through the real client', async () => {
  const { executionArn, taskToken } = await start('whole')
  expect(await client.describeExecution({ executionArn })).toMatchObject({
    status: 'RUNNING',
    name: 'whole',
    stateMachineArn,
    startDate: new Date('2026-01-01T00:00:00Z'),
  })
  await client.sendTaskHeartbeat({ taskToken })
  await client.sendTaskSuccess({ taskToken, output: '{"done":true}' })
  const ended = await client.describeExecution({ executionArn })
  expect(ended).toMatchObject({ status: 'SUCCEEDED', output: '{"done":true}' })
  const { events = [] } = await client.getExecutionHistory({ executionArn })
  expect(events.map(({ type }) => type)).toEqual([
    'ExecutionStarted',
    'TaskStateEntered',
    'TaskScheduled',
    'TaskStarted',
    'TaskSubmitted',
    'TaskSucceeded',
    'TaskStateExited',
    'ExecutionSucceeded',
  ])
  expect(events[2]?.taskScheduledEventDetails).toMatchObject({
    resource: 'invoke.waitForTaskToken',
    heartbeatInSeconds: 60,
  })
  expect(events[6]?.stateExitedEventDetails).toMatchObject({
    name: 'Launch',
    output: '{"done":true}',
  })
})

test('a failed task ends the execution with its error and cause', async () => {
  const { executionArn, taskToken } = await start('fails')
  await client.sendTaskFailure({ taskToken, error: 'worker.lost', cause: 'gone' })
  expect(await client.describeExecution({ executionArn })).toMatchObject({
    status: 'FAILED',
    error: 'worker.lost',
    cause: 'gone',
  })
})

test('starting a running execution again with the same input answers the same', async () => {
  const { executionArn } = await start('again')
  const second = await client.startExecution({ stateMachineArn, name: 'again', input: '{"n":1}' })
  expect(second.executionArn).toBe(executionArn)
})

test('lists and histories come in pages', async () => {
  for (const name of ['p1', 'p2', 'p3']) await start(name)
  const names: (string | undefined)[] = []
  for await (const page of paginateListExecutions(
    { client, pageSize: 2 },
    { stateMachineArn, statusFilter: 'RUNNING' },
  )) {
    expect(page.executions?.length).toBeLessThanOrEqual(2)
    names.push(...(page.executions ?? []).map(({ name }) => name))
  }
  expect(names.slice(0, 3)).toEqual(['p3', 'p2', 'p1'])
  const executionArn = stateMachineArn.replace('stateMachine', 'execution').concat(':p1')
  const first = await client.getExecutionHistory({
    executionArn,
    maxResults: 2,
    reverseOrder: true,
  })
  expect(first.events?.map(({ type }) => type)).toEqual(['TaskSubmitted', 'TaskStarted'])
  expect(first.nextToken).toBeDefined()
})

test('a state machine and its versions can be read', async () => {
  const machine = await client.describeStateMachine({ stateMachineArn })
  expect(machine).toMatchObject({
    name: 'm',
    type: 'STANDARD',
    definition: expect.stringContaining('"StartAt":"Launch"'),
  })
  const { stateMachineVersions } = await client.listStateMachineVersions({ stateMachineArn })
  expect(stateMachineVersions).toMatchObject([{ stateMachineVersionArn: versionArn }])
})

test('a closed engine answers with an error that clients try again', async () => {
  const other = openTestEngine({ machines: { m: MACHINE } })
  await other.close()
  const answer = await stepFunctionsWire(other)('StartExecution', { stateMachineArn })
  expect(answer.status).toBe(500)
})
