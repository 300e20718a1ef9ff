import { DescribeExecutionCommand, ExecutionDoesNotExist } from '@aws-sdk/client-sfn'
import type { Run } from '#core/contracts/run.ts'
import { runEnded } from '#core/decisions/transition.ts'
import { liveIds } from '#functions/store/live.ts'
import { slotHolders } from '#functions/store/slots.ts'
import type { World } from '#functions/world.ts'

/** What belongs to nobody any more: the sweeper corrects it, if it runs (S3). */
export interface Strays {
  /** Runs that are not over and have no execution that goes on. */
  readonly runs: { run: string; execution: string }[]
  /** Leases whose run is over, or nowhere. */
  readonly leases: { project: string; run: string }[]
  /** Runs that hold a slot and are over, or nowhere. */
  readonly slots: string[]
}

/** Looks for strays and touches nothing. What was so a moment ago only is left out. */
export const findStrays = async (world: World): Promise<Strays> => {
  const { store } = world
  const [live, projects] = await Promise.all([liveIds(store), store.projects.list('projects', 200)])
  const runs: Strays['runs'] = []
  for (const id of live.runs) {
    const execution = await deadExecution(world, await store.runs.get(id))
    if (execution !== undefined) runs.push({ run: id, execution })
  }
  const leases: Strays['leases'] = []
  for (const { id: project } of projects) {
    const run = (await store.leases.get(project))?.runId
    // It is freed with the run's end, so it is looked at once more after that.
    if (run === undefined || !(await isOver(world, run))) continue
    if ((await store.leases.get(project))?.runId === run) leases.push({ project, run })
  }
  return { runs, leases, slots: await straySlots(world) }
}

const straySlots = async (world: World): Promise<string[]> => {
  const over: string[] = []
  for (const run of await slotHolders(world.store.table))
    if (await isOver(world, run)) over.push(run)
  const still = await slotHolders(world.store.table)
  return over.filter((run) => still.includes(run))
}

const isOver = async ({ store }: World, runId: string): Promise<boolean> => {
  const run = await store.runs.get(runId)
  return !run || runEnded(run.status)
}

/** How the execution of a run that goes on is missing; undefined while there is nothing wrong. */
const deadExecution = async (
  { workflows, settings, store }: World,
  run: Run | undefined,
): Promise<string | undefined> => {
  if (!run || runEnded(run.status)) return undefined
  const young = (at: number) => store.now() - at < YOUNG_MS
  if (young(Date.parse(run.createdAt))) return undefined
  const machine = settings.VIGIL_PIPELINE_ARN.replace(':stateMachine:', ':execution:')
  try {
    const { status, stopDate } = await workflows.send(
      new DescribeExecutionCommand({ executionArn: `${machine}:${run.id}` }),
    )
    return status === 'RUNNING' || (stopDate && young(stopDate.getTime())) ? undefined : status
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return 'none'
    throw error
  }
}

/** A fire and its execution are two calls, and so are an execution's end and its settling. */
const YOUNG_MS = 60_000
