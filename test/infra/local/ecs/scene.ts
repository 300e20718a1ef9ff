import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEcs } from '#infra/local/ecs/ecs.ts'
import { registerDefinition } from '#infra/local/ecs/register-definition.ts'
import type { Task } from '#infra/local/ecs/task.ts'
import { ecsWire } from '#infra/local/ecs/wire.ts'

/** A local ECS whose tasks run a program, and what it told of them. */
export const openScene = () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-ecs-'))
  const changes: Task[] = []
  let ids = 0
  const open = (argv: readonly [string, ...string[]], secrets: Record<string, string> = {}) => {
    const ecs = openEcs({
      folder,
      region: 'local',
      account: '000000000000',
      argv,
      services: () => ({ PATH: process.env.PATH ?? '' }),
      secrets,
      metadataUri: (taskId) => `http://metadata/${folder}/${taskId}`,
      changed: async (task) => void changes.push(task),
      newId: () => {
        ids += 1
        return `task${process.pid}x${ids}`
      },
      now: Date.now,
    })
    const wire = ecsWire(ecs.engine)
    const call = async (operation: string, body: unknown) => {
      const answer = await wire(operation, body)
      return { status: answer.status, body: answer.body as Record<string, never> }
    }
    return {
      ...ecs,
      call,
      define: () =>
        registerDefinition(ecs.engine, {
          family: 'agent',
          containerDefinitions: [
            {
              name: 'agent',
              environment: [{ name: 'FROM', value: 'definition' }],
              secrets: [{ name: 'KEY', valueFrom: 'environment/KEY' }],
            },
          ],
        }).taskDefinitionArn,
      run: async (body: Record<string, unknown> = {}): Promise<string> => {
        const { body: answer } = await call('RunTask', { taskDefinition: 'agent', ...body })
        return (answer.tasks as unknown as { taskArn: string }[])[0]?.taskArn ?? ''
      },
      task: (arn: string) => ecs.engine.store.task(arn),
      /** Resolves when a task is as wanted. */
      until: async (arn: string, wanted: (task: Task) => boolean): Promise<Task> => {
        for (;;) {
          const task = ecs.engine.store.task(arn)
          if (task && wanted(task)) return task
          await new Promise((resolve) => setTimeout(resolve, 10))
        }
      },
    }
  }
  return { folder, changes, open, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** A program that waits until it is told to stop. */
export const WAITS: readonly [string, ...string[]] = [
  process.execPath,
  '-e',
  'process.on("SIGTERM", () => process.exit(143)); setInterval(() => {}, 1000)',
]
