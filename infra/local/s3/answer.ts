import type { Readable } from 'node:stream'

/** A request of the S3 protocol, path style. */
export interface S3Request {
  readonly method: string
  /** As it was sent, still encoded. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: AsyncIterable<Uint8Array>
}

export interface S3Answer {
  readonly status: number
  readonly headers?: Record<string, string>
  readonly body?: Readable | string
}

/** An error of the S3 protocol: `name` is its code. */
export class S3Refusal extends Error {
  readonly status: number

  constructor(status: number, code: string, message: string) {
    super(message)
    this.name = code
    this.status = status
  }
}

/** What the protocol can do and our own code does not use is refused by name, never ignored. */
export const notServed = (what: string): S3Refusal =>
  new S3Refusal(501, 'NotImplemented', `${what} is not served by the local plane`)

/** An answer with an XML body. */
export const xml = (status: number, body: string): S3Answer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
})

/** A text as the content of an XML element. */
export const escaped = (text: string): string =>
  text.replace(/[&<>\p{Cc}]/gu, (character) => `&#${character.codePointAt(0)};`)

/** A header's value, where it was given once. */
export const headerOf = ({ headers }: S3Request, name: string): string | undefined => {
  const value = headers[name]
  return typeof value === 'string' ? value : undefined
}
