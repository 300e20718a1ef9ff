import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'

/** What an agent asks of its model, in whichever of the three protocols. */
export interface Asked {
  readonly model: string
  /** Names of the tools that it offers. */
  readonly tools: readonly string[]
  /** All that was said so far but by the model: prompt, results of tools. */
  readonly texts: readonly string[]
  /** Results of tools so far. */
  readonly results: number
}

/** What the scripted model does next. A tool is named by the end of its name. */
export type Reply =
  | { readonly text?: string; readonly calls?: readonly { tool: string; input: object }[] }
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: object }
  | 'hang'

/** A model's side of a protocol: how a request reads, and how an answer is said. */
export interface Protocol {
  readonly path: string
  read(body: unknown): Asked
  say(asked: Asked, answer: Answer): readonly { event?: string; data: object | string }[]
}

/** An answer whose tools have their full names. */
export interface Answer {
  readonly id: string
  readonly text: string
  readonly calls: readonly { id: string; name: string; input: object }[]
}

/** A scripted model on loopback, with what it was asked. */
export interface ModelServer {
  readonly url: string
  readonly log: readonly Asked[]
  close(): Promise<void>
}

/** Serves protocols by a script, which decides from what it is asked. */
export const openModelServer = async (
  protocols: readonly Protocol[],
  script: (asked: Asked) => Reply,
): Promise<ModelServer> => {
  const log: Asked[] = []
  let answers = 0
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '').split('?', 1)[0] ?? ''
    const protocol = protocols.find((one) => path.endsWith(one.path))
    if (!protocol || request.method !== 'POST') return void response.writeHead(404).end('{}')
    const asked = protocol.read(JSON.parse(await textOf(request)))
    log.push(asked)
    const reply = asked.tools.length === 0 ? { text: 'A title' } : script(asked)
    if (reply === 'hang') return
    if ('status' in reply) {
      response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers })
      return void response.end(JSON.stringify(reply.body ?? {}))
    }
    answers += 1
    const calls = (reply.calls ?? []).map(({ tool, input }, index) => ({
      id: `call_${answers}_${index}`,
      name: fullName(asked.tools, tool),
      input,
    }))
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const { event, data } of protocol.say(asked, {
      id: `answer_${answers}`,
      text: reply.text ?? '',
      calls,
    }))
      response.write(
        `${event === undefined ? '' : `event: ${event}\n`}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`,
      )
    response.end()
  }
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = z.custom<AddressInfo>().parse(server.address())
  return {
    url: `http://127.0.0.1:${port}`,
    log,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const fullName = (tools: readonly string[], tool: string): string => {
  const full = tools.find((name) => name === tool || name.endsWith(tool))
  if (full === undefined) throw new Error(`${tool} is none of ${tools.join(', ')}`)
  return full
}

const textOf = async (request: IncomingMessage): Promise<string> => {
  let text = ''
  for await (const chunk of request) text += chunk
  return text
}
