import type { AttemptRequest } from '#core/contracts/attempt-request.ts'
import type { EventKind } from '#core/contracts/event.ts'
import { changeRun } from '#functions/store/change-run.ts'
import type { Worker } from './worker.ts'

/** Writes an event of the attempt; the work goes on whether it can be told or not. */
export const tell = (
  { store }: Worker,
  { runId, turnId, attemptId }: AttemptRequest,
  kind: EventKind,
  facts: Record<string, unknown>,
): Promise<boolean> =>
  changeRun(store, runId, 'supervisor', () => ({
    events: [{ kind, turnId, attemptId, facts }],
  })).catch(() => false)
