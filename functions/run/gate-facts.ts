import type { Project } from '#core/contracts/project.ts'
import type { Trigger } from '#core/contracts/run.ts'
import type { GateFacts } from '#core/decisions/gates.ts'
import { slotsTaken } from '#functions/store/slots.ts'
import type { Store } from '#functions/store/store.ts'
import type { World } from '#functions/world.ts'

/** Reads all that the gates of a project look at. */
export const gateFacts = async (
  { store, settings }: World,
  project: Project,
  trigger: Trigger,
): Promise<GateFacts> => {
  const now = store.now()
  const [lease, day, taken, plans] = await Promise.all([
    store.leases.get(project.id),
    store.days.get({ projectId: project.id, date: dateIn(project.config.timeZone, now) }),
    slotsTaken(store.table),
    undeliveredPlans(store, project),
  ])
  return {
    now,
    trigger,
    config: project.config,
    paused: project.paused,
    lastOutcome: project.lastOutcome,
    lastEndedAt: epoch(project.lastEndedAt),
    lastSignalAt: epoch(project.lastSignalAt),
    lastActivityAt: epoch(project.lastActivityAt),
    failures: project.failures,
    firesToday: day?.fires ?? 0,
    usdToday: day?.usd ?? 0,
    averageUsd: project.averageUsd,
    cyclePlans: plans,
    leaseHolder: lease?.runId,
    slotsTaken: taken,
    slots: settings.VIGIL_RUNS_AT_ONCE,
  }
}

/** Plans that are completed in the active cycle: what waits to be delivered (G11). */
const undeliveredPlans = async (store: Store, { cycleId }: Project): Promise<number> => {
  const cycle = cycleId === undefined ? undefined : await store.cycles.get(cycleId)
  if (cycle?.status !== 'active') return 0
  const plans = await Promise.all(cycle.plans.map((id) => store.plans.get(id)))
  return plans.filter((plan) => plan?.status === 'completed').length
}

/** The date in a time zone, as `2026-01-31`. */
export const dateIn = (timeZone: string, now: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(now)

const epoch = (iso: string | undefined): number | undefined =>
  iso === undefined ? undefined : Date.parse(iso)
