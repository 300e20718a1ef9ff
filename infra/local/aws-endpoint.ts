import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { S3Answer, S3Request } from './s3/answer.ts'

/** Answers one operation of a JSON protocol. */
export type JsonWire = (
  operation: string,
  body: unknown,
) => Promise<{ status: number; body: unknown }>

/** A request of a REST protocol with JSON bodies. */
export interface RestRequest {
  readonly method: string
  /** As it was sent, still encoded. */
  readonly path: string
  readonly query: URLSearchParams
  readonly body: unknown
}

/** Answers one request of a REST protocol; `type` is the name of an error. */
export type RestWire = (
  request: RestRequest,
) => Promise<{ status: number; body: unknown; type?: string }>

/** What the address serves. */
interface Services {
  /** What requests must be signed with; a secret of the data folder. */
  readonly accessKeyId: string
  /** By the first part of `x-amz-target`. */
  readonly json: Readonly<Record<string, JsonWire>>
  /** By the service's name in the signature. */
  readonly rest?: Readonly<Record<string, RestWire>>
  readonly s3: (request: S3Request) => Promise<S3Answer>
  readonly metadata: (taskId: string) => unknown
  readonly failed: (error: unknown) => void
}

/**
 * All services but DynamoDB behind one address, told apart as their protocols do it: the JSON ones
 * by `x-amz-target`, the REST ones by whom they are signed for, tasks' metadata by its path,
 * everything else is S3. Only for requests that name a loopback host and the data folder's own access
 * key, so that neither a web page nor another user of the machine gets in.
 */
export const awsEndpoint = (services: Services): RequestListener => {
  return (request, response) => {
    answer(request, response, services).catch((error: unknown) => {
      if (response.destroyed) return
      services.failed(error)
      if (response.headersSent) response.destroy()
      else json(response, 500, { __type: 'InternalServerError' })
    })
  }
}

/** Path below which the metadata endpoints of tasks lie. */
export const METADATA_PATH = '/.metadata/'

const answer = async (
  request: IncomingMessage,
  response: ServerResponse,
  { accessKeyId, json: wires, rest = {}, s3, metadata }: Services,
): Promise<void> => {
  const { method = 'GET', headers } = request
  const [path = '/', search] = (request.url ?? '/').split(/\?(.*)/s)
  const query = new URLSearchParams(search)
  const host = (headers.host ?? '').replace(/:\d+$/, '')
  if (!LOOPBACK.includes(host)) return json(response, 421, { __type: 'MisdirectedRequest' })
  if (path.startsWith(METADATA_PATH)) {
    const found = metadata(path.slice(METADATA_PATH.length).replace(/\/task$/, ''))
    return json(response, found ? 200 : 404, found ?? {})
  }
  const presigned = method === 'GET' ? query.get('X-Amz-Credential') : null
  const credential = /Credential=([^,\s]+)/.exec(headers.authorization ?? '')?.[1] ?? presigned
  const [keyId, , , signedFor = ''] = credential?.split('/') ?? []
  if (keyId !== accessKeyId) return json(response, 403, { __type: 'InvalidClientTokenId' })
  const [service = '', operation = ''] = String(headers['x-amz-target'] ?? '').split('.')
  const wire = wires[service]
  if (wire) {
    const answered = await wire(operation, await jsonOf(request))
    return json(response, answered.status, answered.body)
  }
  const restWire = rest[signedFor]
  if (restWire) {
    const { status, body, type } = await restWire({
      method,
      path,
      query,
      body: await jsonOf(request),
    })
    if (type !== undefined) response.setHeader('x-amzn-errortype', type)
    return json(response, status, body)
  }
  const stored = await s3({ method, path, query, headers, body: request })
  response.writeHead(stored.status, stored.headers)
  if (stored.body instanceof Readable) await pipeline(stored.body, response)
  else response.end(stored.body)
}

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

const jsonOf = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}')
}

const json = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' })
  response.end(JSON.stringify(body))
}
