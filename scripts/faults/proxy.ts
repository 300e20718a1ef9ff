import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { listen } from '#infra/local/listen.ts'

/** A request that comes by. */
export interface Asked {
  readonly method: string
  readonly path: string
  /** Of a JSON protocol: what is asked for, such as `TransactWriteItems`. */
  readonly operation: string
  readonly body: string
}

/**
 * What becomes of it: `stall` is never answered, `cut` loses the connection before, and `forget` after
 * the service has done it.
 */
export type Fate =
  | 'pass'
  | 'stall'
  | 'cut'
  | 'forget'
  | { readonly afterMs: number }
  | { readonly status: number; readonly body: unknown }

/** A loopback address before a service. */
export interface Interceptor {
  readonly url: string
  /** Decides over each request; what has stalled is cut when it is set again. */
  judge(by: (asked: Asked) => Fate): void
  close(): Promise<void>
}

/** Opens a proxy that passes everything on until it is told otherwise. */
export const openProxy = async (target: string): Promise<Interceptor> => {
  const agent = new Agent({ keepAlive: true })
  const stalled = new Set<ServerResponse>()
  let fateOf: (asked: Asked) => Fate = () => 'pass'
  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(incoming)
    const fate = fateOf(askedOf(incoming, body))
    if (fate === 'stall') return void stalled.add(response)
    if (fate === 'cut') return void response.destroy()
    if (typeof fate === 'object' && 'status' in fate) {
      response.writeHead(fate.status, { 'content-type': 'application/x-amz-json-1.0' })
      return void response.end(JSON.stringify(fate.body))
    }
    if (typeof fate === 'object') await sleep(fate.afterMs)
    const passed = await passOn(new URL(incoming.url ?? '/', target), incoming, body, agent)
    if (fate === 'forget') {
      passed.resume()
      return void response.destroy()
    }
    response.writeHead(passed.statusCode ?? 502, passed.headers)
    passed.pipe(response)
  }
  const { port, close } = await listen(
    (incoming, response) => {
      answer(incoming, response).catch(() => response.destroy())
    },
    0,
    true,
  )
  return {
    url: `http://127.0.0.1:${port}`,
    judge: (by) => {
      fateOf = by
      for (const response of stalled) response.destroy()
      stalled.clear()
    },
    close: async () => {
      agent.destroy()
      await close()
    },
  }
}

const askedOf = ({ method = 'GET', url = '/', headers }: IncomingMessage, body: Buffer): Asked => ({
  method,
  path: url,
  operation: String(headers['x-amz-target'] ?? '').split('.')[1] ?? '',
  body: headers['x-amz-target'] === undefined ? '' : body.toString('utf8'),
})

const passOn = (
  to: URL,
  { method, headers }: IncomingMessage,
  body: Buffer,
  agent: Agent,
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const onward = request(to, { method, headers, agent })
    onward.once('response', resolve)
    onward.once('error', reject)
    onward.end(body)
  })
