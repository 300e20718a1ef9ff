import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { S3Answer, S3Request } from './s3/s3.ts'

/** Answers one operation of a JSON protocol. */
export type JsonWire = (
  operation: string,
  body: unknown,
) => Promise<{ status: number; body: unknown }>

/**
 * All services but DynamoDB behind one address, told apart as their protocols do it: the JSON ones
 * by `x-amz-target`, tasks' metadata by its path, everything else is S3.
 */
export const awsEndpoint = (services: {
  json: Readonly<Record<string, JsonWire>>
  s3: (request: S3Request) => Promise<S3Answer>
  metadata: (taskId: string) => unknown
  failed: (error: unknown) => void
}): RequestListener => {
  return (request, response) => {
    answer(request, response, services).catch((error: unknown) => {
      services.failed(error)
      json(response, 500, { __type: 'InternalServerError' })
    })
  }
}

/** Path below which the metadata endpoints of tasks lie. */
export const METADATA_PATH = '/.metadata/'

const answer = async (
  request: IncomingMessage,
  response: ServerResponse,
  { json: wires, s3, metadata }: Parameters<typeof awsEndpoint>[0],
): Promise<void> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  const url = new URL(request.url ?? '/', 'http://plane')
  const [service = '', operation = ''] = String(request.headers['x-amz-target'] ?? '').split('.')
  const wire = wires[service]
  if (wire) {
    const answered = await wire(operation, JSON.parse(body.toString('utf8') || '{}'))
    return json(response, answered.status, answered.body)
  }
  if (url.pathname.startsWith(METADATA_PATH)) {
    const found = metadata(url.pathname.slice(METADATA_PATH.length).replace(/\/task$/, ''))
    return json(response, found ? 200 : 404, found ?? {})
  }
  const { method = 'GET', headers } = request
  const stored = await s3({ method, path: url.pathname, query: url.searchParams, headers, body })
  response.writeHead(stored.status, stored.headers)
  response.end(stored.body)
}

const json = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' })
  response.end(JSON.stringify(body))
}
