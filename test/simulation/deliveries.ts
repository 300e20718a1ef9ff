import type { EVENTS } from '#infra/local/functions.ts'
import type { ExecutionStatusChange } from '#infra/local/step-functions/journal/status-changes.ts'
import type { PlaneClock } from './plane-clock.ts'
import { type SimulatedTask, shown } from './task.ts'

/** How an event gets to its handler. */
export type Delivery = 'now' | 'late' | 'twice' | 'never'

/** The rules between services and handlers. */
export interface Deliveries {
  /** How the next task's end is told; afterwards `now` again. */
  ofTaskEnd: Delivery
  /** How the next pipeline's end is told; afterwards `now` again. */
  ofExecutionEnd: Delivery
  /** All that was told or should have been, oldest first. */
  readonly taskEnds: object[]
  readonly executionEnds: object[]
  taskEnded(task: SimulatedTask): void
  executionEnded(change: ExecutionStatusChange): void
}

/** What is refused is delivered again, as EventBridge does, so many seconds later. */
const AGAIN_SECONDS = 10
const TRIES = 20
const LATE_SECONDS = 45

/** Delivers the ends of tasks and pipelines to their handlers. */
export const openDeliveries = (
  clock: PlaneClock,
  call: (name: keyof typeof EVENTS, event: unknown) => Promise<unknown>,
  pipelineArn: string,
): Deliveries => {
  const hand = (name: keyof typeof EVENTS, event: object, tries = TRIES): void => {
    call(name, event).catch(() => {
      if (tries > 1) clock.later(AGAIN_SECONDS, () => hand(name, event, tries - 1))
    })
  }
  const deliver = (name: keyof typeof EVENTS, event: object, how: Delivery): void => {
    if (how === 'never') return
    if (how === 'late') clock.later(LATE_SECONDS, () => hand(name, event))
    else hand(name, event)
    if (how === 'twice') hand(name, event)
  }
  const deliveries: Deliveries = {
    ofTaskEnd: 'now',
    ofExecutionEnd: 'now',
    taskEnds: [],
    executionEnds: [],
    taskEnded: (task) => {
      const time = new Date(clock.now()).toISOString()
      const event = { time, detail: shown(task) }
      deliveries.taskEnds.push(event)
      deliver('onTaskStopped', event, deliveries.ofTaskEnd)
      deliveries.ofTaskEnd = 'now'
    },
    executionEnded: (detail) => {
      if (detail.stateMachineArn !== pipelineArn || detail.status === 'RUNNING') return
      deliveries.executionEnds.push({ detail })
      deliver('onExecutionEnded', { detail }, deliveries.ofExecutionEnd)
      deliveries.ofExecutionEnd = 'now'
    },
  }
  return deliveries
}
