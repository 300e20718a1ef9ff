import type { Hook } from '@hono/zod-openapi'
import type { Api } from './api.ts'
import { Problem } from './problem.ts'

/** Refuses a request whose parts do not parse, naming the field (A4). */
export const invalid: Hook<unknown, Api, string, unknown> = (result) => {
  if (result.success) return
  const fields = result.error.issues.map(
    ({ path, message }) => `${path.join('.') || 'body'}: ${message}`,
  )
  throw new Problem(400, 'invalid', fields.join('; '), 'Correct the named fields.')
}
