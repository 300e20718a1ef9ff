import {
  ExecutionDoesNotExist,
  SendTaskFailureCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn'
import type { Attempt } from '#core/contracts/attempt.ts'
import { attemptEnded, runEnded } from '#core/decisions/transition.ts'
import { changeRun } from '#functions/store/change-run.ts'
import { runPartition } from '#functions/store/run.ts'
import { isoNow } from '#functions/store/store.ts'
import type { World } from '#functions/world.ts'
import { settle } from './settle.ts'

/**
 * Cancels a run (S1): the intent is written first, so that the next beat fails; a live attempt's
 * token is failed; what has no attempt is stopped, and its end settles the run. Twice is once.
 */
export const cancelRun = async (world: World, runId: string, by: string): Promise<void> => {
  const { store, workflows, settings } = world
  const live = async (): Promise<Attempt[]> =>
    (await store.attempts.all(runPartition(runId), 'attempt#')).filter(
      ({ state }) => !attemptEnded(state),
    )
  await changeRun(store, runId, 'cancel', async (run) => {
    if (run.cancel || runEnded(run.status)) return undefined
    const writes = (await live()).map(({ id, state }) =>
      store.attempts.change(id, { set: { cancelRequested: true }, when: { state } }),
    )
    return {
      set: { cancel: { at: isoNow(store), by } },
      events: [{ kind: 'run.cancel_requested', facts: { by } }],
      writes,
    }
  })
  const run = await store.runs.get(runId)
  if (!run?.cancel || runEnded(run.status)) return
  const tokens = (await live()).flatMap(({ taskToken }) => taskToken ?? [])
  for (const taskToken of tokens)
    await workflows
      .send(new SendTaskFailureCommand({ taskToken, error: 'cancelled', cause: `by ${by}` }))
      .catch(() => undefined) // Answered already: the workflow looks for the intent at its next step.
  if (tokens.length > 0) return
  try {
    await workflows.send(
      new StopExecutionCommand({
        executionArn: `${settings.VIGIL_PIPELINE_ARN.replace(':stateMachine:', ':execution:')}:${runId}`,
        error: 'cancelled',
        cause: `by ${by}`,
      }),
    )
  } catch (error) {
    // A fire whose pipeline was never started, or whose pipeline is over: nobody else would end it.
    if (!(error instanceof ExecutionDoesNotExist)) throw error
    await settle(world, runId, 'cancel')
  }
}
