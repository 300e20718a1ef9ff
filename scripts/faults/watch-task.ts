import { setTimeout as sleep } from 'node:timers/promises'
import { DescribeTasksCommand } from '@aws-sdk/client-ecs'
import type { Scene } from './scene.ts'

/** Looks out for the moment at which the task of the attempt that is hit is told to stop. */
export const watchTask = (scene: Scene): { stopAt(): number | undefined; end(): void } => {
  let stopAt: number | undefined
  let over = false
  const watch = async () => {
    for (; !over && stopAt === undefined; await sleep(LOOK_MS)) {
      const taskArn = scene.target()?.taskArn
      if (taskArn === undefined) continue
      const command = new DescribeTasksCommand({ cluster: 'vigil', tasks: [taskArn] })
      const { tasks } = await scene.services.tasks.send(command).catch(() => ({ tasks: [] }))
      if (tasks?.[0]?.desiredStatus === 'STOPPED') stopAt = Date.now()
    }
  }
  void watch()
  return {
    stopAt: () => stopAt,
    end: () => {
      over = true
    },
  }
}

const LOOK_MS = 60
