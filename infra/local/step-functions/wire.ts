import { z } from 'zod'
import type { Engine } from './engine.ts'
import { ServiceError } from './service-error.ts'
import * as requests from './wire-requests.ts'

/** Answers one operation of the protocol `AWSStepFunctions` (awsJson1_0): its name without the prefix, its body. */
export type Wire = (operation: string, body: unknown) => Promise<{ status: number; body: unknown }>

/** The protocol in front of an engine. What the engine does not know is UnknownOperationException. */
export function stepFunctionsWire(engine: Engine): Wire {
  const operations = new Map<string, (body: unknown) => unknown>([
    ['StartExecution', (body) => engine.startExecution(requests.startExecution.parse(body))],
    ['StopExecution', (body) => engine.stopExecution(requests.stopExecution.parse(body))],
    [
      'DescribeExecution',
      (body) => engine.describeExecution(requests.describeExecution.parse(body)),
    ],
    ['ListExecutions', (body) => engine.listExecutions(requests.listExecutions.parse(body))],
    [
      'GetExecutionHistory',
      (body) => engine.getExecutionHistory(requests.getExecutionHistory.parse(body)),
    ],
    ['SendTaskSuccess', (body) => engine.sendTaskSuccess(requests.sendTaskSuccess.parse(body))],
    ['SendTaskFailure', (body) => engine.sendTaskFailure(requests.sendTaskFailure.parse(body))],
    [
      'SendTaskHeartbeat',
      (body) => engine.sendTaskHeartbeat(requests.sendTaskHeartbeat.parse(body)),
    ],
    [
      'DescribeStateMachine',
      (body) => engine.describeStateMachine(requests.describeStateMachine.parse(body)),
    ],
    [
      'ListStateMachineVersions',
      (body) => engine.listStateMachineVersions(requests.listStateMachineVersions.parse(body)),
    ],
  ])
  return async (operation, body) => {
    try {
      const run = operations.get(operation)
      if (!run) throw new ServiceError('UnknownOperationException', `${operation} is not served`)
      return { status: 200, body: await run(body) }
    } catch (error) {
      return refusal(error)
    }
  }
}

function refusal(error: unknown): { status: number; body: unknown } {
  if (error instanceof ServiceError) return answer(error.name, error.message)
  if (error instanceof z.ZodError) return answer('ValidationException', validation(error))
  const message = error instanceof Error ? error.message : String(error)
  return { status: 500, body: { __type: 'InternalServerError', message } }
}

function answer(type: string, message: string): { status: number; body: unknown } {
  return { status: 400, body: { __type: `com.amazonaws.swf.service.v2.model#${type}`, message } }
}

function validation({ issues }: z.ZodError): string {
  const faults = issues.map(
    ({ path, message }) => `Value at '${path.join('.')}' failed to satisfy constraint: ${message}`,
  )
  return `${issues.length} validation error${issues.length > 1 ? 's' : ''} detected: ${faults.join('; ')}`
}
