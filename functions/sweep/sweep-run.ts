import {
  DescribeExecutionCommand,
  ExecutionDoesNotExist,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn'
import { runEnded } from '#core/decisions/transition.ts'
import { settle } from '#functions/run/settle.ts'
import type { World } from '#functions/world.ts'
import { correct } from './correct.ts'

/**
 * A run that is not terminal must have a pipeline that runs (S3): one that never got its execution
 * is started, one whose execution is over is settled. Answers what was corrected.
 */
export const sweepRun = async (
  world: World,
  runId: string,
  young: boolean,
): Promise<string | undefined> => {
  const { store } = world
  const run = await store.runs.get(runId)
  if (!run || runEnded(run.status)) return undefined
  if (young && store.now() - Date.parse(run.createdAt) < YOUNG_MS) return undefined
  const execution = await describe(world, runId)
  if (execution.status === 'RUNNING') return undefined
  if (execution.status === undefined) {
    await start(world, runId)
    return correct(world, runId, 'execution_started')
  }
  await correct(world, runId, 'settled')
  await settle(world, runId, 'sweep', execution.error ?? execution.status)
  return 'settled'
}

/** A fire and its execution are two calls: what is this young may still be between them. */
const YOUNG_MS = 60_000

const describe = async (
  { workflows, settings }: World,
  runId: string,
): Promise<{ status?: string | undefined; error?: string | undefined }> => {
  const machine = settings.VIGIL_PIPELINE_ARN
  const executionArn = `${machine.replace(':stateMachine:', ':execution:')}:${runId}`
  try {
    return await workflows.send(new DescribeExecutionCommand({ executionArn }))
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return {}
    throw error
  }
}

const start = ({ workflows, settings }: World, runId: string) =>
  workflows.send(
    new StartExecutionCommand({
      stateMachineArn: settings.VIGIL_PIPELINE_ARN,
      name: runId,
      input: JSON.stringify({ runId }),
    }),
  )
