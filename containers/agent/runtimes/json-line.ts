import type { z } from 'zod'

/** A line of a stream as its contract has it; undefined for one that is something else. */
export const jsonLine = <T>(contract: z.ZodType<T>, line: string): T | undefined => {
  if (!line.startsWith('{')) return undefined
  try {
    return contract.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}
