import type { Placement } from '#core/contracts/attempt.ts'

type Size = NonNullable<Placement['size']>

/**
 * Where the next attempt of a turn is to run, from the turn's failures so far and the size that
 * its task definition has: on demand once spot capacity was reclaimed, larger once memory ran out.
 * Undefined: on spot capacity, as defined.
 */
export const placeAttempt = (
  failures: Readonly<Record<string, number>>,
  defined: Size | undefined,
): Placement | undefined => {
  const onDemand = (failures['worker.reclaimed'] ?? 0) > 0
  const larger = (failures['worker.oom'] ?? 0) > 0 && defined ? largerSize(defined) : undefined
  return onDemand || larger ? { onDemand, ...(larger && { size: larger }) } : undefined
}

/** Twice the memory, with more CPU where Fargate asks for it; undefined at the largest size. */
const largerSize = ({ cpu, memory }: Size): Size | undefined => {
  const wanted = 2 * Number(memory)
  const fitting = SIZES.find(([units, most]) => units >= Number(cpu) && most >= wanted)
  if (!fitting) return undefined
  const [units, , step] = fitting
  return { cpu: String(units), memory: String(Math.ceil(wanted / step) * step) }
}

/** CPU units, the most MiB with them, and in which steps ("Task size" of the Fargate guide). */
const SIZES: readonly (readonly [cpu: number, most: number, step: number])[] = [
  [1_024, 8_192, 1_024],
  [2_048, 16_384, 1_024],
  [4_096, 30_720, 1_024],
  [8_192, 61_440, 4_096],
  [16_384, 122_880, 8_192],
]
