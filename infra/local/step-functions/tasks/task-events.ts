import type { PendingTask } from '../journal/position.ts'
import type { Failure } from '../run/failure.ts'

/** One event's type and details. */
export type EventText = [type: string, details: Record<string, unknown>]

/** How the history of a task reads: AWS tells of functions named by their ARN in words of their own. */
export type TaskEvents = {
  scheduled(
    task: PendingTask,
    limits: { timeoutInSeconds?: number; heartbeatInSeconds?: number },
  ): EventText
  started: EventText
  submitted(output: unknown): EventText
  succeeded(output: unknown): EventText
  failed(failure: Failure): EventText
  timedOut: EventText
}

/** The history of a task with this resource. */
export function taskEvents(resource: string, region: string): TaskEvents {
  return resource.startsWith('arn:aws:lambda:')
    ? functionEvents(resource)
    : serviceEvents(resource, region)
}

function functionEvents(resource: string): TaskEvents {
  return {
    scheduled: (task, { timeoutInSeconds }) => [
      'LambdaFunctionScheduled',
      {
        resource,
        input: JSON.stringify(task.arguments),
        inputDetails: { truncated: false },
        ...(timeoutInSeconds !== undefined && { timeoutInSeconds }),
      },
    ],
    started: ['LambdaFunctionStarted', {}],
    submitted: (output) => ['LambdaFunctionSucceeded', outputOf(output)],
    succeeded: (output) => ['LambdaFunctionSucceeded', outputOf(output)],
    failed: (failure) => ['LambdaFunctionFailed', errorOf(failure)],
    timedOut: ['LambdaFunctionTimedOut', { error: 'States.Timeout' }],
  }
}

function serviceEvents(arn: string, region: string): TaskEvents {
  const parts = arn.replace('arn:aws:states:::', '').split(':')
  // `aws-sdk:s3:getObject` is a type of two parts, `states:startExecution.sync:2` an action of two.
  const typeParts = parts[0] === 'aws-sdk' ? 2 : 1
  const resourceType = parts.slice(0, typeParts).join(':')
  const resource = parts.slice(typeParts).join(':')
  const named = { resourceType, resource }
  return {
    scheduled: (task, limits) => [
      'TaskScheduled',
      { ...named, region, parameters: JSON.stringify(task.arguments), ...limits },
    ],
    started: ['TaskStarted', named],
    submitted: (output) => ['TaskSubmitted', { ...named, ...outputOf(output) }],
    succeeded: (output) => ['TaskSucceeded', { ...named, ...outputOf(output) }],
    failed: (failure) => ['TaskFailed', { ...named, ...errorOf(failure) }],
    timedOut: ['TaskTimedOut', { ...named, error: 'States.Timeout' }],
  }
}

function outputOf(output: unknown) {
  return { output: JSON.stringify(output), outputDetails: { truncated: false } }
}

function errorOf({ error, cause }: Failure) {
  return { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) }
}
