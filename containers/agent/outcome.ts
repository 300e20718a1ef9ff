import type { AttemptResult } from '#core/contracts/attempt-result.ts'

/** What came of the attempt's work; the rest of its result is added when it is settled. */
export type Outcome = Omit<AttemptResult, 'attemptId' | 'nonce' | 'usage'>

/** Of an attempt that came to nothing, or of a stage that adds to it. */
export const NO_OUTCOME: Outcome = {
  findings: [],
  closed: [],
  summaries: [],
  treeChanged: [],
  verification: [],
  notes: [],
}
