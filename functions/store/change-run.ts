import { setTimeout as sleep } from 'node:timers/promises'
import type { NewEvent } from '#core/contracts/event.ts'
import type { Run } from '#core/contracts/run.ts'
import { isoNow, type Store } from './store.ts'
import type { Write } from './table.ts'

/** What becomes of a run at once: its attributes, its next events, and writes to other items. */
export interface RunChange {
  readonly set?: { readonly [A in keyof Run]?: Run[A] | undefined }
  readonly events: readonly NewEvent[]
  readonly writes?: readonly Write[]
}

/** Several changes of one run as one; of two that set an attribute the later wins. */
export const together = (...changes: readonly RunChange[]): RunChange => ({
  set: Object.assign({}, ...changes.map(({ set }) => set)),
  events: changes.flatMap(({ events }) => events),
  writes: changes.flatMap(({ writes = [] }) => writes),
})

/**
 * The only way in which a run's state changes (M1): `decide` sees the run as it is and says what
 * becomes of it; that, its events and the run's sequence number are one transaction. When somebody
 * was faster, it decides again on the new state. Answers false when
 * `decide` found nothing to do.
 */
export const changeRun = async (
  store: Store,
  runId: string,
  actor: string,
  decide: (run: Run) => Promise<RunChange | undefined> | RunChange | undefined,
): Promise<boolean> => {
  for (let round = 1; ; round += 1) {
    const run = await store.runs.get(runId)
    if (!run) return false
    const change = await decide(run)
    if (!change) return false
    const sequence = run.sequence + change.events.length
    const set = { ...change.set, sequence }
    const done = await store.table.transact([
      store.runs.change(runId, { set, when: { sequence: run.sequence, status: run.status } }),
      ...eventWrites(store, run, actor, change.events),
      ...(change.writes ?? []),
    ])
    if (done) return true
    if (round === ROUNDS) throw new Error(`run ${runId} changed under ${actor} ${ROUNDS} times`)
    await sleep(store.random() * 20 * 2 ** Math.min(round, 6))
  }
}

/** More writers than this at one run at once means that a condition can never hold. */
const ROUNDS = 12

const eventWrites = (store: Store, run: Run, actor: string, events: readonly NewEvent[]): Write[] =>
  events.map((event, index) => {
    const sequence = run.sequence + index + 1
    return store.events.create(
      { runId: run.id, sequence },
      { ...event, runId: run.id, sequence, at: isoNow(store), actor },
    )
  })
