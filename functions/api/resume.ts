import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { FireAnswer } from '#core/contracts/fire-answer.ts'
import { resumeRun } from '#functions/run/resume-run.ts'
import type { World } from '#functions/world.ts'
import { access } from './access.ts'
import type { Api } from './api.ts'
import { answerOf, Forced } from './fires.ts'
import { invalid } from './invalid.ts'
import { notFound, Problem } from './problem.ts'

/** Going on where a run stopped (D6). */
export const resumeRoutes = (world: World) =>
  new OpenAPIHono<Api>({ defaultHook: invalid }).openapi(
    createRoute({
      method: 'post',
      path: '/v1/runs/{id}/resume',
      middleware: [access(world, 'operate')] as const,
      request: {
        params: z.object({ id: z.string().max(100) }),
        headers: z.object({ 'idempotency-key': z.string().min(1).max(200).optional() }),
        body: {
          content: { 'application/json': { schema: z.strictObject({ force: Forced }) } },
        },
      },
      responses: {
        200: {
          description: 'A run that goes on where it stopped, or the gate that was shut',
          content: { 'application/json': { schema: FireAnswer } },
        },
      },
    }),
    async (context) => {
      const { id } = context.req.valid('param')
      const run = await world.store.runs.get(id)
      if (!run) throw notFound('run', id)
      const project = await world.store.projects.get(run.projectId)
      if (!project) throw notFound('project', run.projectId)
      const resumed = await resumeRun(world, {
        run,
        project,
        actor: context.get('actor'),
        forced: context.req.valid('json').force ?? [],
        key: context.req.valid('header')['idempotency-key'],
      })
      if ('refused' in resumed) {
        const { code, because, remedy } = resumed.refused
        throw new Problem(409, code, because, remedy)
      }
      return context.json(answerOf(resumed), 200)
    },
  )
