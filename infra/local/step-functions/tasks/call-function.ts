import { functionArn, type Place } from '../arns.ts'
import { isTooLarge, sizeCause } from '../run/payload-limit.ts'

/** Finds a function that runs in this process; nothing when there is none of that ARN. */
export type FindFunction = (arn: string) => ((event: unknown) => Promise<unknown>) | undefined

/** What came of calling a function. */
export type FunctionEnd = { payload: unknown } | { error: string; cause: string }

/** Calls a function. `task` is how AWS names the task when the answer is too large. */
export async function callFunction(
  place: Place,
  find: FindFunction,
  name: string,
  event: unknown,
  task: string,
): Promise<FunctionEnd> {
  const arn = functionArn(place, name)
  const run = find(arn) ?? find(arn.replace(/(:function:[^:]+):.+$/, '$1'))
  if (!run) return { error: 'Lambda.ResourceNotFoundException', cause: notFound(arn) }
  try {
    const text = JSON.stringify((await run(structuredClone(event))) ?? null)
    if (isTooLarge(text)) return { error: 'States.DataLimitExceeded', cause: sizeCause(task) }
    return { payload: JSON.parse(text) }
  } catch (thrown) {
    const { name: errorType, message: errorMessage } =
      thrown instanceof Error ? thrown : { name: 'Error', message: String(thrown) }
    return { error: errorType, cause: JSON.stringify({ errorType, errorMessage }) }
  }
}

function notFound(arn: string): string {
  return (
    `Function not found: ${arn}:$LATEST (Service: AWSLambda; Status Code: 404; ` +
    'Error Code: ResourceNotFoundException; Request ID: local; Proxy: null)'
  )
}
