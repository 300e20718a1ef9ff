import { executionArn } from '../arns.ts'
import { dueTime } from '../journal/due-time.ts'
import type { Execution } from '../journal/execution.ts'
import { abandonedChild, abandonedChildren } from './abandoned-children.ts'
import { openAlarm } from './alarm.ts'
import { type Act, decide } from './decide.ts'
import { failState, failureOf } from './fail-state.ts'
import { openInvoker } from './invoker.ts'
import type { Publisher } from './publisher.ts'
import { openQueues } from './queues.ts'
import { statusChange } from './status-change.ts'
import { beginStep, brokenStep, end, type Step } from './step.ts'
import type { World } from './world.ts'

/** Moves executions on. */
export type Driver = ReturnType<typeof openDriver>

/** A driver of the executions in the journal: each move is committed before what follows from it is done. */
export function openDriver(world: World, publisher: Publisher) {
  const { journal, clock, place } = world
  const { executions, wakes, history, statusChanges } = journal
  const queues = openQueues()
  const invoker = openInvoker(world, change)
  const alarm = openAlarm(clock, wakes.next, ring)
  let closed = false
  return {
    /** Goes on with all that has not ended. Heartbeats could not arrive meanwhile: they get their time anew. */
    start() {
      journal.write(() => {
        wakes.grantBeats(clock.now())
        journal.forget(clock.now() - RETENTION)
      })
      for (const id of abandonedChildren(journal)) void abort(id)
      for (const id of [...wakes.active(), ...wakes.parents()]) void wake(id)
      alarm.expect(clock.now())
      void publisher.flush()
    },
    wake,
    change,
    abort,
    isClosed: () => closed,
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
      const step = beginOrBreak(executions.load(id))
      const value = edit(step)
      if (value !== undefined) {
        commit(step)
        void wake(id)
      }
      return value
    })
  }

  /** Ends an execution as aborted, unless it has ended. */
  async function abort(id: number, reason: { error?: string; cause?: string } = {}): Promise<void> {
    await change(id, (step) => {
      if (step.execution.status !== 'RUNNING') return undefined
      end(step, 'ABORTED', reason)
      return true
    })
  }

  async function drive(id: number): Promise<void> {
    const execution = executions.load(id)
    while (!closed) {
      const step = beginOrBreak(execution)
      const decision = decide(step)
      if (!decision) return
      if ('call' in decision) return invoker.invoke(step)
      await carryOut(step, decision.act)
      if (!closed) commit(step)
    }
  }

  async function carryOut(step: Step, act: Act): Promise<void> {
    try {
      await act()
    } catch (error) {
      await failState(step, failureOf(step, error))
    }
  }

  // An execution whose stored definition can't be read any more must not stop the others.
  function beginOrBreak(execution: Execution): Step {
    try {
      return beginStep(world, execution)
    } catch (error) {
      return brokenStep(world, execution, error)
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

  function tellOfEnd(execution: Execution): void {
    const { machine, name } = execution
    void publisher.flush()
    const child = abandonedChild(journal, execution)
    if (child !== undefined) void abort(child)
    for (const parent of wakes.awaiting(executionArn(place, machine, name))) void wake(parent)
  }

  async function ring(now: number): Promise<void> {
    await Promise.all(wakes.due(now).map(wake))
  }
}

// As long as AWS keeps an execution that has ended.
const RETENTION = 90 * 24 * 3_600_000
