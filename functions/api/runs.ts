import { setTimeout as sleep } from 'node:timers/promises'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { Attempt } from '#core/contracts/attempt.ts'
import { Event } from '#core/contracts/event.ts'
import { ProjectId } from '#core/contracts/project.ts'
import { Run } from '#core/contracts/run.ts'
import { Turn } from '#core/contracts/turn.ts'
import { cancelRun } from '#functions/run/cancel-run.ts'
import { eventSortKey } from '#functions/store/event.ts'
import { runPartition } from '#functions/store/run.ts'
import { runTurns } from '#functions/turn/run-turns.ts'
import type { World } from '#functions/world.ts'
import { access } from './access.ts'
import type { Api } from './api.ts'
import { invalid } from './invalid.ts'
import { notFound } from './problem.ts'

const Params = z.object({ id: z.string().max(100) })
const json = <T extends z.ZodType>(description: string, schema: T) => ({
  200: { description, content: { 'application/json': { schema } } },
})

/** The attempt as others may see it: the task's token never leaves the plane. */
const SeenAttempt = Attempt.omit({ taskToken: true })
const RunDetail = z.object({ run: Run, turns: z.array(Turn), attempts: z.array(SeenAttempt) })

/** Runs: list, read, watch, cancel. */
export const runRoutes = (world: World) => {
  const { store } = world
  const found = async (id: string): Promise<Run> => {
    const run = await store.runs.get(id)
    if (!run) throw notFound('run', id)
    return run
  }
  return new OpenAPIHono<Api>({ defaultHook: invalid })
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/runs',
        middleware: [access(world, 'read')] as const,
        request: {
          query: z.object({
            project: ProjectId,
            limit: z.coerce.number().int().min(1).max(200).default(20),
            cursor: z.string().max(200).optional(),
          }),
        },
        responses: json(
          "A project's runs, newest first",
          z.object({ items: z.array(Run), cursor: z.string().optional() }),
        ),
      }),
      async (context) => {
        const { project, limit, cursor } = context.req.valid('query')
        const items = await store.runs.list(`runs#${project}`, limit, cursor)
        const last = items.length === limit ? items.at(-1) : undefined
        return context.json({ items, ...(last && { cursor: runPartition(last.id) }) }, 200)
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/runs/{id}',
        middleware: [access(world, 'read')] as const,
        request: { params: Params },
        responses: json('A run with its turns and attempts', RunDetail),
      }),
      async (context) => {
        const run = await found(context.req.valid('param').id)
        const [turns, attempts] = await Promise.all([
          runTurns(store, run.id),
          store.attempts.all(runPartition(run.id), 'attempt#'),
        ])
        const seen = attempts.map(({ taskToken, ...attempt }) => attempt)
        return context.json({ run, turns, attempts: seen }, 200)
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/runs/{id}/events',
        middleware: [access(world, 'read')] as const,
        request: {
          params: Params,
          query: z.object({
            after: z.coerce.number().int().min(0).default(0),
            /** Seconds to wait for the next event when there is none yet. */
            wait: z.coerce.number().min(0).max(20).default(0),
          }),
        },
        responses: json(
          "A run's events after a sequence number",
          z.object({ items: z.array(Event) }),
        ),
      }),
      async (context) => {
        const { after, wait } = context.req.valid('query')
        const run = await found(context.req.valid('param').id)
        const until = store.now() + wait * 1000
        const read = () => store.events.all(runPartition(run.id), 'event#', eventSortKey(after))
        let items = await read()
        while (items.length === 0 && store.now() < until) {
          await sleep(WATCH_MS)
          items = await read()
        }
        return context.json({ items }, 200)
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/runs/{id}/cancel',
        middleware: [access(world, 'operate')] as const,
        request: { params: Params },
        responses: json('The intent is written', z.object({ run: Run })),
      }),
      async (context) => {
        const { id } = await found(context.req.valid('param').id)
        await cancelRun(world, id, context.get('actor'))
        return context.json({ run: await found(id) }, 200)
      },
    )
}

const WATCH_MS = 200
