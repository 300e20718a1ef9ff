import type { Turn } from '#core/contracts/turn.ts'
import { runPartition } from '#functions/store/run.ts'
import type { Store } from '#functions/store/store.ts'

/** All turns of a run, oldest first. */
export const runTurns = (store: Store, runId: string): Promise<Turn[]> =>
  store.turns.all(runPartition(runId), 'turn#')
