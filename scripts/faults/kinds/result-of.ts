import { AttemptResult } from '#core/contracts/attempt-result.ts'
import { attemptKeys } from '#functions/store/keys.ts'
import type { Scene } from '../scene.ts'

/** What the supervisor of the attempt that is hit has stored. Throws when that is nothing. */
export const resultOf = async ({ target, services }: Scene): Promise<AttemptResult> => {
  const key = attemptKeys(target()?.id ?? '').result
  const result = await services.store.bucket.getJson(key, AttemptResult)
  if (!result) throw new Error(`there is no ${key}`)
  return result
}
