import { onExecutionEnded } from '#functions/events/on-execution-ended.ts'
import { onTaskStopped } from '#functions/events/on-task-stopped.ts'
import { publish } from '#functions/events/publish.ts'
import { sweep } from '#functions/events/sweep.ts'
import type { Handler } from '#functions/step.ts'
import { closeAttempt } from '#functions/steps/close-attempt.ts'
import { nextTurn } from '#functions/steps/next-turn.ts'
import { openAttempt } from '#functions/steps/open-attempt.ts'
import { openCycle } from '#functions/steps/open-cycle.ts'
import { recordDiscovery } from '#functions/steps/record-discovery.ts'
import { recordReport } from '#functions/steps/record-report.ts'
import { recordTurn } from '#functions/steps/record-turn.ts'
import { runAgent } from '#functions/steps/run-agent.ts'
import { settleRun } from '#functions/steps/settle-run.ts'
import { startRun } from '#functions/steps/start-run.ts'

/** The steps by the name of their state; the workflows' substitutions are made from it. */
export const STEPS = {
  StartRun: startRun,
  RecordDiscovery: recordDiscovery,
  OpenCycle: openCycle,
  NextTurn: nextTurn,
  RecordTurn: recordTurn,
  RecordReport: recordReport,
  SettleRun: settleRun,
  OpenAttempt: openAttempt,
  RunAgent: runAgent,
  CloseAttempt: closeAttempt,
} as const satisfies Record<string, Handler>

/** The handlers of events. */
export const EVENTS = { onTaskStopped, onExecutionEnded, publish, sweep } as const satisfies Record<
  string,
  Handler
>
