import { OpenAPIHono } from '@hono/zod-openapi'
import { FAULTS, Fault } from '#core/faults.ts'
import { translateError } from '#functions/translate-error.ts'
import type { World } from '#functions/world.ts'
import type { Api } from './api.ts'
import { cycleRoutes } from './cycles.ts'
import { doctorRoutes } from './doctor.ts'
import { fireRoutes } from './fires.ts'
import { planRoutes } from './plans.ts'
import { Problem } from './problem.ts'
import { projectRoutes } from './projects.ts'
import { reportRoutes } from './reports.ts'
import { resumeRoutes } from './resume.ts'
import { runRoutes } from './runs.ts'

/** The HTTP API (A1): every route authenticates itself but health and the description. */
export const apiApp = (world: World, failed: (error: unknown) => void) => {
  const app = new OpenAPIHono<Api>()
  app.get('/v1/health', (context) => context.json({ ok: true }))
  for (const routes of [
    projectRoutes,
    fireRoutes,
    runRoutes,
    resumeRoutes,
    reportRoutes,
    planRoutes,
    cycleRoutes,
    doctorRoutes,
  ])
    app.route('/', routes(world))
  app.doc31('/v1/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Vigil', version: '1' },
  })
  app.notFound((context) =>
    context.json(
      problem(
        404,
        'no_such_route',
        `${context.req.path} is not here`,
        'See /v1/openapi.json.',
        world,
      ),
      404,
    ),
  )
  app.onError((error, context) => {
    if (error instanceof Problem)
      return context.json(
        problem(error.status, error.code, error.message, error.remedy, world),
        error.status,
      )
    if ('status' in error && error.status === 400)
      return context.json(problem(400, 'invalid', 'the body is no JSON', 'Send JSON.', world), 400)
    const translated = translateError(error)
    if (translated instanceof Fault && translated.code === 'service.unavailable') {
      const { remedy } = FAULTS[translated.code]
      const detail = 'a service of the plane does not answer'
      return context.json(problem(503, translated.code, detail, remedy, world), 503)
    }
    failed(error)
    return context.json(
      problem(500, 'bug', 'something went wrong here', 'See the log.', world),
      500,
    )
  })
  return app
}

const problem = (
  status: number,
  code: string,
  detail: string,
  remedy: string,
  { ulid }: World,
) => ({
  type: `https://vigil.invalid/problems/${code}`,
  status,
  title: code.replaceAll('_', ' '),
  code,
  detail,
  remedy,
  retryable: status >= 500,
  requestId: ulid(),
})
