import { DescribeTaskDefinitionCommand, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs'
import type { ProjectConfig } from '#core/contracts/project.ts'
import { runtimeOf } from '#core/ids.ts'
import type { World } from '#functions/world.ts'

/**
 * Registers the task definition of a project and its runtime on the base that was deployed, and
 * answers the revision's ARN: RunTask can override neither image nor secrets.
 */
export const registerTaskDefinition = async (
  { tasks, settings }: World,
  projectId: string,
  config: ProjectConfig,
): Promise<string> => {
  const { taskDefinition: base } = await tasks.send(
    new DescribeTaskDefinitionCommand({ taskDefinition: settings.VIGIL_TASK_DEFINITION }),
  )
  const runtime = runtimeOf(config.agent)
  const image = settings.VIGIL_IMAGES[runtime]
  if (!base || image === undefined) throw new Error(`there is no image of the runtime ${runtime}`)
  const { taskDefinition } = await tasks.send(
    new RegisterTaskDefinitionCommand({
      family: `vigil-${projectId}-${runtime}`,
      containerDefinitions: base.containerDefinitions?.map((container) => ({
        ...container,
        image,
        secrets: config.keys.map((name) => ({
          name,
          valueFrom: `${settings.VIGIL_SECRET_PREFIX}${name}`,
        })),
      })),
      taskRoleArn: base.taskRoleArn,
      executionRoleArn: base.executionRoleArn,
      networkMode: base.networkMode,
      volumes: base.volumes,
      requiresCompatibilities: base.requiresCompatibilities,
      runtimePlatform: base.runtimePlatform,
      ephemeralStorage: base.ephemeralStorage,
      cpu: base.cpu,
      memory: base.memory,
    }),
  )
  if (!taskDefinition?.taskDefinitionArn) throw new Error('ECS gave no task definition')
  return taskDefinition.taskDefinitionArn
}
