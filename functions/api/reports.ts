import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { Report } from '#core/contracts/report.ts'
import type { World } from '#functions/world.ts'
import { access } from './access.ts'
import type { Api } from './api.ts'
import { invalid } from './invalid.ts'
import { notFound } from './problem.ts'

/** A run's report, as JSON and as Markdown. */
export const reportRoutes = (world: World) =>
  new OpenAPIHono<Api>({ defaultHook: invalid }).openapi(
    createRoute({
      method: 'get',
      path: '/v1/runs/{id}/report',
      middleware: [access(world, 'read')] as const,
      request: { params: z.object({ id: z.string().max(100) }) },
      responses: {
        200: {
          description: 'The report',
          content: {
            'application/json': { schema: z.object({ report: Report, markdown: z.string() }) },
          },
        },
      },
    }),
    async (context) => {
      const { id } = context.req.valid('param')
      const { bucket, runs } = world.store
      const keys = (await runs.get(id))?.report
      const report = keys && (await bucket.getJson(keys.json, Report))
      const markdown = keys && (await bucket.get(keys.markdown))
      if (!report || !markdown) throw notFound('report', `of ${id}`)
      return context.json({ report, markdown: new TextDecoder().decode(markdown) }, 200)
    },
  )
