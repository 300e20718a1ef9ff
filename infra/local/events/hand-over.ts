import { appendFile } from 'node:fs/promises'
import type { _Record as StreamRecord } from '@aws-sdk/client-dynamodb-streams'

/** What takes records, and what becomes of those that it never takes. */
export interface HandOver {
  readonly handle: (event: { Records: unknown[] }) => Promise<unknown>
  /** File that records go to which are given up, one JSON line each. */
  readonly deadLetters: string
  readonly failed: (error: unknown) => void
  readonly pause: (ms: number) => Promise<void>
  readonly signal: AbortSignal
}

/**
 * Hands records over in their order, as the cloud's event source mapping does: a batch that fails is
 * halved until the record is found that is the fault; that is tried again for over a minute, and then
 * put aside. `taken` is called after each part; what is stopped in between is handed over again.
 */
export const handOver = async (
  to: HandOver,
  records: StreamRecord[],
  taken: (last: StreamRecord) => Promise<void>,
): Promise<void> => {
  const last = records.at(-1)
  if (!last || to.signal.aborted) return
  const tries = records.length > 1 ? BATCH_TRIES : RECORD_TRIES
  for (let round = 1; round <= tries; round += 1) {
    try {
      await to.handle({ Records: records })
      return await taken(last)
    } catch (error) {
      to.failed(error)
      await to.pause(Math.min(FIRST_PAUSE_MS * 2 ** (round - 1), LAST_PAUSE_MS))
      if (to.signal.aborted) return
    }
  }
  if (records.length === 1) {
    await appendFile(to.deadLetters, `${JSON.stringify(last)}\n`)
    return taken(last)
  }
  const middle = Math.ceil(records.length / 2)
  await handOver(to, records.slice(0, middle), taken)
  await handOver(to, records.slice(middle), taken)
}

const BATCH_TRIES = 2
const RECORD_TRIES = 10
const FIRST_PAUSE_MS = 200
const LAST_PAUSE_MS = 20_000
