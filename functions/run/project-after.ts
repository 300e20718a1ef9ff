import type { Attempt } from '#core/contracts/attempt.ts'
import type { Project } from '#core/contracts/project.ts'
import type { Run } from '#core/contracts/run.ts'
import { AVERAGE_WEIGHT, phaseAverages } from '#core/decisions/cost.ts'
import { AUTO_PAUSE_AT, failuresAfter, type Settled } from '#core/decisions/settle-outcome.ts'
import { isoNow, type Store } from '#functions/store/store.ts'

/** What a project remembers of a run that ended: for the gates of the next fire (G). */
export const projectAfter = (
  store: Store,
  project: Project,
  run: Run,
  settled: Settled,
  attempts: readonly Attempt[],
): Partial<Project> => {
  const failures = failuresAfter(project.failures, settled)
  const average = project.averageUsd ?? run.usd
  return {
    failures,
    lastOutcome: settled.outcome,
    lastEndedAt: isoNow(store),
    averageUsd: average + (run.usd - average) * AVERAGE_WEIGHT,
    phaseUsd: phaseAverages(project.phaseUsd, attempts),
    ...(failures >= AUTO_PAUSE_AT && { paused: 'auto' as const }),
  }
}
