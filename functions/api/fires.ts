import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { FireAnswer } from '#core/contracts/fire-answer.ts'
import { ProjectId } from '#core/contracts/project.ts'
import { FORCEABLE } from '#core/decisions/gates.ts'
import { newId } from '#core/ids.ts'
import { type Fired, fire } from '#functions/run/fire.ts'
import type { World } from '#functions/world.ts'
import { access } from './access.ts'
import type { Api } from './api.ts'
import { invalid } from './invalid.ts'
import { notFound } from './problem.ts'

/** Gates to pass (G15). */
export const Forced = z
  .array(
    z.string().refine((gate) => FORCEABLE.includes(gate), `must be one of ${FORCEABLE.join(', ')}`),
  )
  .default([])

const Body = z.strictObject({
  force: Forced,
  task: z.string().max(10_000).optional(),
  propose: z.boolean().default(false),
})

/** Manual fires of a project. */
export const fireRoutes = (world: World) =>
  new OpenAPIHono<Api>({ defaultHook: invalid }).openapi(
    createRoute({
      method: 'post',
      path: '/v1/projects/{id}/fires',
      middleware: [access(world, 'operate')] as const,
      request: {
        params: z.object({ id: ProjectId }),
        headers: z.object({ 'idempotency-key': z.string().min(1).max(200).optional() }),
        body: { content: { 'application/json': { schema: Body } }, required: true },
      },
      responses: {
        200: {
          description: 'Fired or blocked',
          content: { 'application/json': { schema: FireAnswer } },
        },
      },
    }),
    async (context) => {
      const { id } = context.req.valid('param')
      const { force, task, propose } = context.req.valid('json')
      const key = context.req.valid('header')['idempotency-key']
      const project = await world.store.projects.get(id)
      if (!project) throw notFound('project', id)
      const fired = await fire(world, {
        project,
        fireId: key === undefined ? newId('fire', world.ulid()) : `${id}#${key}`,
        trigger: 'manual',
        actor: context.get('actor'),
        forced: force,
        task,
        propose,
      })
      return context.json(answerOf(fired), 200)
    },
  )

/** How a fire is told: `reason` is the gate. */
export const answerOf = (fired: Fired): FireAnswer => {
  if (fired.run !== null) return { run: fired.run }
  const { gate, message, clearsAt } = fired.shut
  const opens = clearsAt === undefined ? {} : { clearsAt: new Date(clearsAt).toISOString() }
  return { run: null, reason: gate, message, ...opens }
}
