import type { Project } from '#core/contracts/project.ts'
import type { Trigger } from '#core/contracts/run.ts'
import type { GateFacts } from '#core/decisions/gates.ts'
import { slotsTaken } from '#functions/store/slots.ts'
import type { World } from '#functions/world.ts'

/** Reads all that the gates of a project look at. */
export const gateFacts = async (
  { store, settings }: World,
  project: Project,
  trigger: Trigger,
): Promise<GateFacts> => {
  const now = store.now()
  const [lease, day, taken] = await Promise.all([
    store.leases.get(project.id),
    store.days.get({ projectId: project.id, date: dateIn(project.config.timeZone, now) }),
    slotsTaken(store.table),
  ])
  return {
    now,
    trigger,
    config: project.config,
    planePaused: false,
    paused: project.paused,
    lastOutcome: project.lastOutcome,
    lastEndedAt: epoch(project.lastEndedAt),
    lastSignalAt: epoch(project.lastSignalAt),
    lastActivityAt: epoch(project.lastActivityAt),
    failures: project.failures,
    firesToday: day?.fires ?? 0,
    usdToday: day?.usd ?? 0,
    averageUsd: project.averageUsd,
    cyclePlans: project.cyclePlans,
    leaseHolder: lease?.runId,
    slotsTaken: taken,
    slots: settings.VIGIL_RUNS_AT_ONCE,
  }
}

/** The date in a time zone, as `2026-01-31`. */
export const dateIn = (timeZone: string, now: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(now)

const epoch = (iso: string | undefined): number | undefined =>
  iso === undefined ? undefined : Date.parse(iso)
