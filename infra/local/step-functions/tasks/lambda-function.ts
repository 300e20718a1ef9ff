import type { Place } from '../arns.ts'
import { callFunction, type FindFunction } from './call-function.ts'
import type { Integration } from './integration.ts'

/** A function named by its ARN as Resource: its answer is the task's result. */
export function lambdaFunction(place: Place, find: FindFunction): Integration {
  return async ({ resource, arguments: event }) => {
    const end = await callFunction(place, find, resource, event, resource)
    return 'payload' in end ? { result: end.payload } : end
  }
}
