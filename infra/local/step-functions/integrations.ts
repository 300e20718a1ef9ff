import type { Place } from './arns.ts'
import type { FindFunction } from './tasks/call-function.ts'
import type { Integration } from './tasks/integration.ts'
import { lambdaFunction } from './tasks/lambda-function.ts'
import { lambdaInvoke } from './tasks/lambda-invoke.ts'
import { type Start, startExecutionTask } from './tasks/start-execution.ts'

/** What carries out tasks: by resource, and for any function named by its ARN. */
export type Integrations = { byResource: Record<string, Integration>; direct: Integration }

/** The tasks that the engine carries out. */
export function integrations(
  place: Place,
  functions: FindFunction,
  start: Start,
  newId: () => string,
): Integrations {
  const invoke = lambdaInvoke(place, functions, newId)
  const startExecution = startExecutionTask(place, start, newId)
  return {
    direct: lambdaFunction(place, functions),
    byResource: {
      'arn:aws:states:::lambda:invoke': invoke,
      'arn:aws:states:::lambda:invoke.waitForTaskToken': invoke,
      'arn:aws:states:::states:startExecution': startExecution,
      'arn:aws:states:::states:startExecution.sync': startExecution,
      'arn:aws:states:::states:startExecution.sync:2': startExecution,
    },
  }
}
