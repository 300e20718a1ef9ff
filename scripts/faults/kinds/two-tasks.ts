import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { RunTaskCommand } from '@aws-sdk/client-ecs'
import type { FaultRow } from '../row.ts'
import type { Scene } from '../scene.ts'

/** Starts another task for the attempt that is hit. */
const again = async (scene: Scene): Promise<void> => {
  const { id } = await scene.hit(({ taskArn }) => taskArn !== undefined)
  const { run } = await scene.client.run(scene.runId)
  await scene.services.tasks.send(
    new RunTaskCommand({
      cluster: 'vigil',
      taskDefinition: run.pinned?.taskDefinition,
      startedBy: id,
      clientToken: 'another',
      overrides: {
        containerOverrides: [
          { name: 'agent', environment: [{ name: 'VIGIL_ATTEMPT', value: id }] },
        ],
      },
    }),
  )
  scene.faultAt = Date.now()
}

const oneAgent = ({ folder }: Scene): string[] => {
  const signs = readFileSync(join(folder, 'signs'), 'utf8').match(/^fault /gm) ?? []
  return signs.length === 1 ? [] : [`${signs.length} agents worked`]
}

const twoTasks: Omit<FaultRow, 'name' | 'does' | 'inject'> = {
  class: 'none',
  agent: 'always-in-time',
  ends: 'no_plan',
  holds: oneAgent,
}

/** Attempts that more than one task was started for. */
export const twoTaskFaults: readonly FaultRow[] = [
  {
    ...twoTasks,
    name: 'two-tasks',
    does: 'is started again while the first task works',
    inject: async (scene) => {
      await scene.signed('fault')
      await again(scene)
    },
  },
  {
    ...twoTasks,
    name: 'two-tasks-second-first',
    does: 'is started again, and the second task claims the attempt first',
    preload: 'begins-late',
    inject: again,
  },
]
