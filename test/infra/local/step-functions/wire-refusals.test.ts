import { afterAll, expect, test } from 'vitest'
import { newToken } from '#infra/local/step-functions/tasks/token.ts'
import { openWire } from './open-wire.ts'

const { client, stateMachineArn, start, close } = await openWire()
afterAll(close)

const GONE = 'arn:aws:states:eu-west-1:123456789012:stateMachine:gone'
const NO_EXECUTION = 'arn:aws:states:eu-west-1:123456789012:execution:m:gone'
const FAR_TOKEN = newToken(999, 'an-id')
const LONG = JSON.stringify('a'.repeat(262_144))

const refusals: [what: string, error: string, request: () => Promise<unknown>][] = [
  [
    'a machine that is not there',
    'StateMachineDoesNotExist',
    () => client.startExecution({ stateMachineArn: GONE }),
  ],
  [
    'a version that is not there',
    'StateMachineDoesNotExist',
    () => client.startExecution({ stateMachineArn: `${stateMachineArn}:9` }),
  ],
  ['an ARN that is none', 'InvalidArn', () => client.startExecution({ stateMachineArn: 'm' })],
  ['a bad name', 'InvalidName', () => client.startExecution({ stateMachineArn, name: 'a b' })],
  [
    'input that is no JSON',
    'InvalidExecutionInput',
    () => client.startExecution({ stateMachineArn, input: '{' }),
  ],
  [
    'input that is too long',
    'ValidationException',
    () => client.startExecution({ stateMachineArn, input: LONG }),
  ],
  [
    'a name too long',
    'ValidationException',
    () => client.startExecution({ stateMachineArn, name: 'a'.repeat(81) }),
  ],
  [
    'a running name with other input',
    'ExecutionAlreadyExists',
    async () => {
      await start('taken')
      return client.startExecution({ stateMachineArn, name: 'taken', input: '{}' })
    },
  ],
  [
    'a name that has ended',
    'ExecutionAlreadyExists',
    async () => {
      const { executionArn } = await start('ended')
      await client.stopExecution({ executionArn })
      return client.startExecution({ stateMachineArn, name: 'ended', input: '{"n":1}' })
    },
  ],
  [
    'an execution that is not there',
    'ExecutionDoesNotExist',
    () => client.describeExecution({ executionArn: NO_EXECUTION }),
  ],
  [
    'the history of none',
    'ExecutionDoesNotExist',
    () => client.getExecutionHistory({ executionArn: NO_EXECUTION }),
  ],
  [
    'stopping none',
    'ExecutionDoesNotExist',
    () => client.stopExecution({ executionArn: NO_EXECUTION }),
  ],
  [
    'an execution ARN that is none',
    'InvalidArn',
    () => client.stopExecution({ executionArn: stateMachineArn }),
  ],
  [
    'a list of none',
    'StateMachineDoesNotExist',
    () => client.listExecutions({ stateMachineArn: GONE }),
  ],
  [
    'a page that is none',
    'InvalidToken',
    () => client.listExecutions({ stateMachineArn, nextToken: 'x' }),
  ],
  ['a token that is none', 'InvalidToken', () => client.sendTaskHeartbeat({ taskToken: 'x' })],
  [
    'a token of nobody',
    'TaskDoesNotExist',
    () => client.sendTaskSuccess({ taskToken: FAR_TOKEN, output: '1' }),
  ],
  [
    'output that is no JSON',
    'InvalidOutput',
    () => client.sendTaskSuccess({ taskToken: FAR_TOKEN, output: '{' }),
  ],
  [
    'output that is too long',
    'ValidationException',
    () => client.sendTaskSuccess({ taskToken: FAR_TOKEN, output: LONG }),
  ],
  [
    'a token of a stopped execution',
    'TaskTimedOut',
    async () => {
      const { executionArn, taskToken } = await start('stopped')
      await client.stopExecution({ executionArn })
      return client.sendTaskHeartbeat({ taskToken })
    },
  ],
  [
    'a token used before',
    'TaskTimedOut',
    async () => {
      const { taskToken } = await start('used')
      await client.sendTaskSuccess({ taskToken, output: '1' })
      return client.sendTaskSuccess({ taskToken, output: '1' })
    },
  ],
  ['an operation that is not served', 'UnknownOperationException', () => client.listActivities({})],
]

test.each(refusals)('%s is refused as %s', async (_, name, request) => {
  await expect(request()).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400 } })
})
