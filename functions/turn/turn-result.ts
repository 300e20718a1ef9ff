import { AttemptResult } from '#core/contracts/attempt-result.ts'
import type { Turn } from '#core/contracts/turn.ts'
import { attemptKeys } from '#functions/store/keys.ts'
import type { Store } from '#functions/store/store.ts'

/** What came of a turn: the result of the attempt that counts, if one got so far. */
export const turnResult = async (store: Store, turn: Turn): Promise<AttemptResult | undefined> =>
  turn.attemptId === undefined
    ? undefined
    : store.bucket.getJson(attemptKeys(turn.attemptId).result, AttemptResult)
