import { InvalidToken, TaskDoesNotExist, TaskTimedOut } from '@aws-sdk/client-sfn'

/** The workflow no longer waits for this token: the attempt is over (T8). */
export const isRefusal = (error: unknown): boolean =>
  error instanceof InvalidToken ||
  error instanceof TaskDoesNotExist ||
  error instanceof TaskTimedOut
