import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidToken,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn'
import type { Engine } from '#infra/local/step-functions/engine.ts'
import * as requests from '#infra/local/step-functions/wire-requests.ts'

/** A client whose calls the engine of this process answers; `before` may refuse them. */
export const workflowsOf = (
  engine: () => Engine,
  before: () => void | Promise<void> = () => {},
): SFNClient => {
  const send = async (command: unknown): Promise<unknown> => {
    await before()
    try {
      return await answer(engine(), command)
    } catch (error) {
      throw translated(error)
    }
  }
  return { send } as unknown as SFNClient
}

const answer = (engine: Engine, command: unknown): unknown => {
  if (command instanceof SendTaskHeartbeatCommand)
    return engine.sendTaskHeartbeat(requests.sendTaskHeartbeat.parse(command.input))
  if (command instanceof SendTaskSuccessCommand)
    return engine.sendTaskSuccess(requests.sendTaskSuccess.parse(command.input))
  if (command instanceof SendTaskFailureCommand)
    return engine.sendTaskFailure(requests.sendTaskFailure.parse(command.input))
  if (command instanceof StartExecutionCommand)
    return engine.startExecution(requests.startExecution.parse(command.input))
  if (command instanceof StopExecutionCommand)
    return engine.stopExecution(requests.stopExecution.parse(command.input))
  if (command instanceof DescribeExecutionCommand)
    return engine.describeExecution(requests.describeExecution.parse(command.input))
  throw new TypeError('the workflows are not asked so')
}

/** The SDK's own classes, by which the plane tells errors apart. */
const translated = (error: unknown): unknown => {
  if (!(error instanceof Error)) return error
  const known = ERRORS[error.name]
  return known ? new known({ message: error.message, $metadata: {} }) : error
}

const ERRORS: Record<string, new (options: { message: string; $metadata: object }) => Error> = {
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidToken,
  TaskDoesNotExist,
  TaskTimedOut,
}
