import { createHash } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import type { Scope } from '#functions/store/token.ts'
import type { World } from '#functions/world.ts'
import type { Api } from './api.ts'
import { Problem } from './problem.ts'

/** Lets a request pass whose bearer token has the scope; the same check in the cloud and locally (A2). */
export const access =
  ({ store }: World, scope: Scope): MiddlewareHandler<Api> =>
  async (context, next) => {
    const secret = /^Bearer (\S+)$/.exec(context.req.header('authorization') ?? '')?.[1]
    const token = secret === undefined ? undefined : await store.tokens.get(hashOf(secret))
    if (!token || token.expiresAt * 1000 < store.now())
      throw new Problem(
        401,
        'unauthenticated',
        'no valid token',
        'Send Authorization: Bearer <token>.',
      )
    if (!token.scopes.includes(scope))
      throw new Problem(
        403,
        'forbidden',
        `the token lacks the scope ${scope}`,
        'Use another token.',
      )
    context.set('actor', token.name)
    await next()
  }

/** What is stored of a token. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')
