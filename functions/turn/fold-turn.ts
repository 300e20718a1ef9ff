import type { AttemptResult } from '#core/contracts/attempt-result.ts'
import type { Completion } from '#core/contracts/completion.ts'
import type { NewEvent } from '#core/contracts/event.ts'
import { CODING_PHASES } from '#core/contracts/phase.ts'
import type { Run } from '#core/contracts/run.ts'
import type { Turn, TurnVerdict } from '#core/contracts/turn.ts'
import type { RunChange } from '#functions/store/change-run.ts'
import { planPartition } from '#functions/store/plan.ts'
import { isoNow, type Store } from '#functions/store/store.ts'
import type { Write } from '#functions/store/table.ts'
import { foldAudit } from './fold-audit.ts'
import { foldProof } from './fold-proof.ts'
import { sectionDone } from './section-done.ts'

/** What one turn's result changes, and its verdict. */
export interface Fold {
  readonly verdict: TurnVerdict
  readonly set?: NonNullable<RunChange['set']>
  readonly events: NewEvent[]
  readonly writes: Write[]
}

/** What becomes of a run when a turn is done. */
export const foldTurn = async (
  store: Store,
  run: Run,
  turn: Turn,
  result: AttemptResult | undefined,
): Promise<RunChange> => {
  const { verdict, set, events, writes } = await foldPhase(store, run, turn, result)
  const plan = run.planId === undefined ? undefined : await store.plans.get(run.planId)
  const key = { runId: run.id, number: turn.number }
  return {
    ...(set && { set }),
    events,
    writes: [
      ...writes,
      ...sectionDone(store, run, plan, turn, verdict),
      store.turns.change(key, { set: { verdict } }),
    ],
  }
}

const foldPhase = async (
  store: Store,
  run: Run,
  turn: Turn,
  result: AttemptResult | undefined,
): Promise<Fold> => {
  const planId = run.planId ?? ''
  if (CODING_PHASES.includes(turn.phase)) return foldCode(store, run, result)
  if (turn.phase === 'prove') return foldProof(turn, result)
  if (turn.phase !== 'audit' && turn.phase !== 'final_audit')
    return { verdict: 'complete', events: [], writes: [] }
  const findings = await store.findings.all(planPartition(planId), 'finding#')
  return foldAudit(store, { id: planId, findings }, turn, result)
}

const foldCode = (store: Store, run: Run, result: AttemptResult | undefined): Fold => ({
  verdict: goesOn(result?.completion) ? 'continue' : 'complete',
  events: [],
  writes:
    result?.head && run.cycleId !== undefined
      ? [
          store.cycles.change(run.cycleId, {
            set: { head: result.head, updatedAt: isoNow(store) },
            when: { status: 'active' },
          }),
        ]
      : [],
})

/** An agent that is not through asks for another turn, whatever else it says (E7, T14). */
const goesOn = (completion: Completion | undefined): boolean =>
  completion?.status === 'continue' || completion?.needsRerun === true
