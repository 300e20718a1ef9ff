import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** An error as a client sees it (RFC 9457), with what to do about it. */
export class Problem extends HTTPException {
  readonly code: string
  readonly remedy: string

  constructor(status: ContentfulStatusCode, code: string, detail: string, remedy: string) {
    super(status, { message: detail })
    this.code = code
    this.remedy = remedy
  }
}

/** Nothing is there under that name. */
export const notFound = (noun: string, id: string): Problem =>
  new Problem(404, `${noun}_not_found`, `there is no ${noun} ${id}`, `List the ${noun}s you have.`)
