import { z } from 'zod'
import { executionArn, type Place } from '../arns.ts'
import type { Execution } from '../journal/execution.ts'
import { ServiceError } from '../service-error.ts'
import type { Integration } from './integration.ts'
import { sdkResponse } from './sdk-response.ts'

/** Starts an execution, or gives the one that the same task started before. Throws ServiceError. */
export type Start = (request: {
  stateMachineArn: string
  name: string | undefined
  input: string
  startedBy: string
}) => Execution

/** `states:startExecution`, and its `.sync` and `.sync:2`, which end when the started execution ends. */
export function startExecutionTask(place: Place, start: Start, newId: () => string): Integration {
  return async ({ resource, arguments: args, token }) => {
    const parsed = Arguments.safeParse(args)
    if (!parsed.success) return { error: 'States.Runtime', cause: z.prettifyError(parsed.error) }
    const { StateMachineArn: stateMachineArn, Name: name, Input } = parsed.data
    try {
      const child = start({
        stateMachineArn,
        name,
        input: JSON.stringify(Input ?? {}),
        startedBy: token,
      })
      const arn = executionArn(place, child.machine, child.name)
      const answer = { ExecutionArn: arn, ...sdkResponse(newId()), StartDate: child.started }
      return resource.includes('.sync') ? { submitted: answer, child: arn } : { result: answer }
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      return { error: `StepFunctions.${error.name}Exception`, cause: sdkCause(error, newId()) }
    }
  }
}

const Arguments = z.strictObject({
  StateMachineArn: z.string(),
  Name: z.string().optional(),
  Input: z.unknown().optional(),
})

function sdkCause({ name, message }: ServiceError, requestId: string): string {
  const about = `Service: AWSStepFunctions; Status Code: 400; Error Code: ${name}; Request ID: ${requestId}; Proxy: null`
  return `${message} (${about})`
}
