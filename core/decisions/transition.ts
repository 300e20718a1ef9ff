import type { AttemptState } from '#core/contracts/attempt.ts'
import type { CycleStatus } from '#core/contracts/cycle.ts'
import type { PlanStatus } from '#core/contracts/plan.ts'
import { RunOutcome, type RunStatus } from '#core/contracts/run.ts'
import { TurnOutcome, type TurnStatus } from '#core/contracts/turn.ts'

const ATTEMPT_ENDS: AttemptState[] = [
  'failed',
  'stalled',
  'lost',
  'cancelled',
  'timed_out',
  'budget',
]

/** Every legal move of every status. A write is conditional on it, so two writers cannot both win. */
export const TRANSITIONS: {
  run: Record<RunStatus, readonly RunStatus[]>
  turn: Record<TurnStatus, readonly TurnStatus[]>
  attempt: Record<AttemptState, readonly AttemptState[]>
  plan: Record<PlanStatus, readonly PlanStatus[]>
  cycle: Record<CycleStatus, readonly CycleStatus[]>
} = {
  run: {
    queued: ['running', ...RunOutcome.options],
    running: RunOutcome.options,
    executed: [],
    no_plan: [],
    proposed: [],
    blocked: [],
    exhausted: [],
    budget_exhausted: [],
    timed_out: [],
    cancelled: [],
    failed: [],
  },
  turn: {
    running: TurnOutcome.options,
    done: [],
    partial: [],
    blocked: [],
    failed: [],
    budget: [],
    cancelled: [],
    timed_out: [],
  },
  attempt: {
    launching: ['starting', 'preparing', ...ATTEMPT_ENDS],
    starting: ['preparing', ...ATTEMPT_ENDS],
    // A proof has no agent; an agent may be in its first tool call when the next beat goes out.
    preparing: ['working', 'tool', 'verifying', 'finishing', ...ATTEMPT_ENDS],
    working: ['tool', 'nudged', 'verifying', 'finishing', ...ATTEMPT_ENDS],
    tool: ['working', 'nudged', 'verifying', 'finishing', ...ATTEMPT_ENDS],
    nudged: ['working', 'tool', 'verifying', 'finishing', ...ATTEMPT_ENDS],
    verifying: ['finishing', ...ATTEMPT_ENDS],
    finishing: ['succeeded', ...ATTEMPT_ENDS],
    succeeded: [],
    failed: [],
    stalled: [],
    lost: [],
    cancelled: [],
    timed_out: [],
    budget: [],
  },
  plan: {
    ready: ['executing', 'archived'],
    executing: ['completed', 'failed', 'ready'],
    completed: ['archived'],
    failed: ['executing', 'archived'],
    archived: [],
  },
  cycle: {
    active: ['delivering', 'delivered', 'discarded'],
    delivering: ['in_review', 'delivered', 'active', 'conflicted'],
    in_review: ['delivering', 'delivered', 'closed'],
    conflicted: ['delivering', 'discarded'],
    delivered: [],
    closed: [],
    discarded: [],
  },
}

/** Attempt states that nothing leaves. */
export const attemptEnded = (state: AttemptState): boolean =>
  TRANSITIONS.attempt[state].length === 0

/** Run states that nothing leaves (S2). */
export const runEnded = (status: RunStatus): boolean => TRANSITIONS.run[status].length === 0

/** The states from which a move to `to` is legal: the condition of the write. */
export const sourcesOf = <S extends string>(table: Record<S, readonly S[]>, to: S): S[] =>
  keysOf(table).filter((from) => table[from].includes(to))

function keysOf<S extends string>(table: Record<S, unknown>): S[] {
  const keys: S[] = []
  for (const key in table) keys.push(key)
  return keys
}

/** Attempt states that something still leaves. */
export const LIVE_ATTEMPT: AttemptState[] = keysOf(TRANSITIONS.attempt).filter(
  (state) => !attemptEnded(state),
)
