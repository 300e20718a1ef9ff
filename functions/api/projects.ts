import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { Project, ProjectConfig, ProjectId } from '#core/contracts/project.ts'
import { saveProject } from '#functions/project/save-project.ts'
import type { World } from '#functions/world.ts'
import { access } from './access.ts'
import type { Api } from './api.ts'
import { invalid } from './invalid.ts'
import { notFound } from './problem.ts'

const Params = z.object({ id: ProjectId })

/** Projects: save, read, list. */
export const projectRoutes = (world: World) => {
  const { store } = world
  return new OpenAPIHono<Api>({ defaultHook: invalid })
    .openapi(
      createRoute({
        method: 'put',
        path: '/v1/projects/{id}',
        middleware: [access(world, 'operate')] as const,
        request: {
          params: Params,
          body: { content: { 'application/json': { schema: ProjectConfig } }, required: true },
        },
        responses: {
          200: { description: 'Saved', content: { 'application/json': { schema: Project } } },
        },
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        return context.json(await saveProject(world, id, context.req.valid('json')), 200)
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/projects/{id}',
        middleware: [access(world, 'read')] as const,
        request: { params: Params },
        responses: {
          200: { description: 'A project', content: { 'application/json': { schema: Project } } },
        },
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        const project = await store.projects.get(id)
        if (!project) throw notFound('project', id)
        return context.json(project, 200)
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/projects',
        middleware: [access(world, 'read')] as const,
        responses: {
          200: {
            description: 'All projects',
            content: { 'application/json': { schema: z.object({ items: z.array(Project) }) } },
          },
        },
      }),
      async (context) => context.json({ items: await store.projects.list('projects', 200) }, 200),
    )
}
