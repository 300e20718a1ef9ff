import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { Cycle } from '#core/contracts/cycle.ts'
import type { World } from '#functions/world.ts'
import { access } from './access.ts'
import type { Api } from './api.ts'
import { invalid } from './invalid.ts'
import { notFound } from './problem.ts'

const Params = z.object({ id: z.string().max(100) })

/** Cycles: read one, and where the bundles of its branch can be had for a while. */
export const cycleRoutes = (world: World) => {
  const found = async (id: string): Promise<Cycle> => {
    const cycle = await world.store.cycles.get(id)
    if (!cycle) throw notFound('cycle', id)
    return cycle
  }
  return new OpenAPIHono<Api>({ defaultHook: invalid })
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/cycles/{id}',
        middleware: [access(world, 'read')] as const,
        request: { params: Params },
        responses: {
          200: { description: 'A cycle', content: { 'application/json': { schema: Cycle } } },
        },
      }),
      async (context) => context.json(await found(context.req.valid('param').id), 200),
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/cycles/{id}/bundles',
        middleware: [access(world, 'read')] as const,
        request: { params: Params },
        responses: {
          200: {
            description: 'Presigned URLs of git bundles: the history of the base, and base..head',
            content: { 'application/json': { schema: z.object({ base: z.url(), head: z.url() }) } },
          },
        },
      }),
      async (context) => {
        const cycle = await found(context.req.valid('param').id)
        if (!cycle.head) throw notFound('bundle', `of ${cycle.id}: nothing was committed yet`)
        const { bucket } = world.store
        const [base, head] = await Promise.all([
          bucket.presign(cycle.baseKey),
          bucket.presign(cycle.head.key),
        ])
        return context.json({ base, head }, 200)
      },
    )
}
