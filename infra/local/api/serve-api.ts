import type { RequestListener } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { hashOf } from '#functions/api/access.ts'
import { apiApp } from '#functions/api/app.ts'
import { Scope } from '#functions/store/token.ts'
import type { World } from '#functions/world.ts'

/** The API on loopback: only for requests that name a loopback host, so that no web page gets in. */
export const serveApi = (world: World, failed: (error: unknown) => void): RequestListener => {
  const app = apiApp(world, failed)
  const listener = getRequestListener(app.fetch)
  return (request, response) => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '')
    if (LOOPBACK.includes(host)) return void listener(request, response)
    response.writeHead(421, { 'content-type': 'application/problem+json' })
    response.end(
      JSON.stringify({ status: 421, code: 'wrong_host', detail: `${host} is not served here` }),
    )
  }
}

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

/** Makes the owner's token valid: all scopes, for as long as the data folder is there. */
export const admitOwner = async ({ store }: World, secret: string): Promise<void> => {
  const owner = { name: 'owner', scopes: [...Scope.options], expiresAt: FOREVER }
  await store.table.transact([store.tokens.create(hashOf(secret), owner)])
}

/** Epoch seconds of the year 9999's end. */
const FOREVER = 253_402_300_799
