import { executionArn } from '../arns.ts'
import { dueTime } from '../journal/due-time.ts'
import type { Execution } from '../journal/execution.ts'
import { openAlarm } from './alarm.ts'
import { decide } from './decide.ts'
import { failState, failureOf } from './fail-state.ts'
import { openInvoker } from './invoker.ts'
import type { Publisher } from './publisher.ts'
import { openQueues } from './queues.ts'
import { statusChange } from './status-change.ts'
import { beginStep, type Step } from './step.ts'
import type { World } from './world.ts'

/** Moves executions on. */
export type Driver = ReturnType<typeof openDriver>

/** A driver of the executions in the journal: each move is committed before what follows from it is done. */
export function openDriver(world: World, publisher: Publisher) {
  const { journal, clock, place } = world
  const { executions, history, statusChanges } = journal
  const queues = openQueues()
  const invoker = openInvoker(world, change)
  const alarm = openAlarm(clock, executions.nextDue, ring)
  let closed = false
  return {
    /** Goes on with all that has not ended. Worker's heartbeats could not arrive meanwhile: they get their time anew. */
    start() {
      journal.write(() => executions.grantBeats(clock.now()))
      for (const id of [...executions.active(), ...executions.parents()]) void wake(id)
      alarm.expect(clock.now())
      void publisher.flush()
    },
    wake,
    change,
    expect: alarm.expect,
    idle: () => queues.idle() && invoker.idle(),
    async close() {
      closed = true
      alarm.stop()
      publisher.stop()
      await queues.drained()
    },
  }

  /** Lets an execution do all that it can do now. */
  function wake(id: number): Promise<void> {
    return queues.run(id, () => drive(id))
  }

  /** Lets `edit` change an execution between two of its moves; what it gives is committed, nothing is not. */
  function change<T>(id: number, edit: (step: Step) => T | undefined): Promise<T | undefined> {
    return queues.run(id, () => {
      if (closed) return undefined
      const step = beginStep(world, executions.load(id))
      const value = edit(step)
      if (value !== undefined) {
        commit(step)
        void wake(id)
      }
      return value
    })
  }

  async function drive(id: number): Promise<void> {
    while (!closed) {
      const step = beginStep(world, executions.load(id))
      const decision = decide(step)
      if (decision && 'act' in decision) {
        try {
          await decision.act()
        } catch (error) {
          await failState(step, failureOf(step, error))
        }
        if (!closed) commit(step)
      } else {
        if (decision) invoker.invoke(step)
        return
      }
    }
  }

  function commit({ execution, events }: Step): void {
    const ended = execution.status !== 'RUNNING'
    journal.write(() => {
      executions.save(execution)
      for (const event of events) history.add(execution.id, event)
      if (ended) statusChanges.add(statusChange(place, execution))
    })
    const due = Math.min(dueTime(execution) ?? Infinity, execution.beatDue ?? Infinity)
    if (ended) tellOfEnd(execution)
    else alarm.expect(due)
  }

  function tellOfEnd({ machine, name }: Execution): void {
    void publisher.flush()
    for (const parent of executions.awaiting(executionArn(place, machine, name))) void wake(parent)
  }

  async function ring(now: number): Promise<void> {
    await Promise.all(executions.due(now).map(wake))
  }
}
