import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { FireAnswer } from '#core/contracts/fire-answer.ts'
import { Plan } from '#core/contracts/plan.ts'
import { fire } from '#functions/run/fire.ts'
import type { World } from '#functions/world.ts'
import { access } from './access.ts'
import type { Api } from './api.ts'
import { answerOf } from './fires.ts'
import { invalid } from './invalid.ts'
import { notFound, Problem } from './problem.ts'

const Params = z.object({ id: z.string().max(100) })

/** Plans: read, and approve one that waits for a person (D7). */
export const planRoutes = (world: World) => {
  const { store } = world
  const found = async (id: string): Promise<Plan> => {
    const plan = await store.plans.get(id)
    if (!plan) throw notFound('plan', id)
    return plan
  }
  return new OpenAPIHono<Api>({ defaultHook: invalid })
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/plans/{id}',
        middleware: [access(world, 'read')] as const,
        request: { params: Params },
        responses: {
          200: { description: 'A plan', content: { 'application/json': { schema: Plan } } },
        },
      }),
      async (context) => context.json(await found(context.req.valid('param').id), 200),
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/plans/{id}/approve',
        middleware: [access(world, 'operate')] as const,
        request: { params: Params },
        responses: {
          200: {
            description: 'A run of the plan, or the gate that was shut',
            content: { 'application/json': { schema: FireAnswer } },
          },
        },
      }),
      async (context) => {
        const plan = await found(context.req.valid('param').id)
        const project = await store.projects.get(plan.projectId)
        if (!project) throw notFound('project', plan.projectId)
        if (plan.status !== 'ready')
          throw new Problem(
            409,
            'plan_not_ready',
            `the plan is ${plan.status}`,
            'Approve a plan that is ready.',
          )
        const fired = await fire(world, {
          project,
          fireId: `approve#${plan.id}#${plan.updatedAt}`,
          trigger: 'approval',
          actor: context.get('actor'),
          forced: [],
          planId: plan.id,
        })
        return context.json(answerOf(fired), 200)
      },
    )
}
