import type { AttemptResult } from '#core/contracts/attempt-result.ts'
import type { Turn } from '#core/contracts/turn.ts'
import { attemptKeys } from '#functions/store/keys.ts'
import type { Fold } from './fold-turn.ts'

/** Keeps the proof with the run; a turn without one is `unproved` (E12). */
export const foldProof = (turn: Turn, result: AttemptResult | undefined): Fold => {
  const proof = result?.proof
  if (!proof || turn.attemptId === undefined) return { verdict: 'unproved', events: [], writes: [] }
  const { baseCommit, headCommit, proved, checks } = proof
  const key = attemptKeys(turn.attemptId).result
  return {
    verdict: proved ? 'proved' : 'unproved',
    set: { proof: { baseCommit, headCommit, proved, checks: checks.length, key } },
    events: [
      {
        kind: 'proof.ended',
        turnId: turn.id,
        to: proved ? 'proved' : 'unproved',
        facts: {
          baseCommit,
          headCommit,
          checks: checks.map(({ verdict, check, base, head }) => ({
            command: check.command,
            verdict,
            base: base.exit,
            head: head.exit,
          })),
        },
      },
    ],
    writes: [],
  }
}
