import { Fault, type FaultClass } from '#core/faults.ts'

/**
 * Names why a task could not be started, from the SDK's error or from the reason of a failure in
 * RunTask's answer (documented words, "API failures messages"). Anything else stays what it is.
 */
export const launchFault = (from: unknown): unknown => {
  const word = from instanceof Error ? from.name : from
  if (typeof word !== 'string') return from ?? new Fault('launch.capacity', 'RunTask gave no task')
  const known = WORDS.find(([start]) => word.startsWith(start))
  if (known) return new Fault(known[1], String(from), { cause: from })
  return from instanceof Error ? from : new Fault('launch.capacity', word)
}

const WORDS: readonly (readonly [string, FaultClass])[] = [
  ['ThrottlingException', 'launch.throttled'],
  ['ServerException', 'launch.throttled'],
  ['LimitExceededException', 'launch.quota'],
  ['Capacity is unavailable', 'launch.capacity'],
  ['RESOURCE', 'launch.capacity'],
]
