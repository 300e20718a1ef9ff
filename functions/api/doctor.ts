import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { findStrays } from '#functions/run/find-strays.ts'
import type { World } from '#functions/world.ts'
import { access } from './access.ts'
import type { Api } from './api.ts'
import { invalid } from './invalid.ts'

const Strays = z.object({
  runs: z.array(z.object({ run: z.string(), execution: z.string() })),
  leases: z.array(z.object({ project: z.string(), run: z.string() })),
  slots: z.array(z.string()),
})

/** What only the plane itself knows of its health. */
export const doctorRoutes = (world: World) =>
  new OpenAPIHono<Api>({ defaultHook: invalid }).openapi(
    createRoute({
      method: 'get',
      path: '/v1/doctor',
      middleware: [access(world, 'operate')] as const,
      responses: {
        200: {
          description: 'Runs without execution, leases and slots without owner',
          content: { 'application/json': { schema: Strays } },
        },
      },
    }),
    async (context) => context.json(await findStrays(world), 200),
  )
