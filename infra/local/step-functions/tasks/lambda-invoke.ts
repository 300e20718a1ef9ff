import { z } from 'zod'
import type { Place } from '../arns.ts'
import { callFunction, type FindFunction } from './call-function.ts'
import type { Integration } from './integration.ts'
import { sdkResponse } from './sdk-response.ts'

/** `lambda:invoke` and its `.waitForTaskToken`, whose function only starts the work. */
export function lambdaInvoke(place: Place, find: FindFunction, newId: () => string): Integration {
  return async ({ resource, arguments: args }) => {
    const parsed = Arguments.safeParse(args)
    if (!parsed.success) return { error: 'States.Runtime', cause: z.prettifyError(parsed.error) }
    const { FunctionName, Payload } = parsed.data
    const event = eventOf(Payload)
    if (!event) return { error: 'Lambda.InvalidRequestContentException', cause: NOT_JSON }
    const end = await callFunction(place, find, FunctionName, event.value, 'lambda')
    if ('error' in end) return end
    const answer = {
      ExecutedVersion: '$LATEST',
      Payload: end.payload,
      ...sdkResponse(newId()),
      StatusCode: 200,
    }
    return resource.endsWith('.waitForTaskToken') ? { submitted: answer } : { result: answer }
  }
}

const Arguments = z.strictObject({
  FunctionName: z.string().min(1),
  Payload: z.unknown().optional(),
})
const NOT_JSON = 'Could not parse request body into json (Service: AWSLambda; Status Code: 400)'

// AWS sends the payload as it is: a text is taken for JSON, and no payload for an empty object.
function eventOf(payload: unknown): { value: unknown } | undefined {
  if (payload === null || payload === undefined) return { value: {} }
  if (typeof payload !== 'string') return { value: payload }
  try {
    return { value: JSON.parse(payload) }
  } catch {
    return undefined
  }
}
