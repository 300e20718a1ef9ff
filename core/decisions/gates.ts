import type { ProjectConfig } from '#core/contracts/project.ts'
import type { Trigger } from '#core/contracts/run.ts'

/** What the gates look at. Times in epoch milliseconds. */
export interface GateFacts {
  readonly now: number
  readonly trigger: Trigger
  readonly config: ProjectConfig
  readonly paused: 'by_person' | 'auto' | undefined
  readonly lastOutcome: string | undefined
  readonly lastEndedAt: number | undefined
  readonly lastSignalAt: number | undefined
  readonly lastActivityAt: number | undefined
  /** Failed runs in a row. */
  readonly failures: number
  readonly firesToday: number
  readonly usdToday: number
  readonly averageUsd: number | undefined
  readonly cyclePlans: number
  readonly leaseHolder: string | undefined
  readonly slotsTaken: number
  readonly slots: number
}

/** A gate that is shut: its name, why in words, and when it opens by itself (epoch milliseconds). */
export interface Shut {
  readonly gate: Gate
  readonly message: string
  readonly clearsAt?: number
}

type Verdict = Omit<Shut, 'gate'> | undefined
type Gate = (typeof GATES)[number][0]

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The gates in their fixed order: the first that is shut wins (G). */
const GATES = [
  ['project_paused', (f) => when(f.paused === 'by_person', 'a person paused the project')],
  ['auto_paused', (f) => when(f.paused === 'auto', 'paused after failures in a row')],
  ['project_disabled', (f) => when(!f.config.enabled, 'the project is not enabled')],
  ['dormant', (f) => dormant(f)],
  ['recent_user_activity', (f) => recentActivity(f)],
  ['cooldown', (f) => cooldown(f)],
  ['daily_fires', (f) => dailyFires(f)],
  ['daily_cost', (f) => dailyCost(f)],
  ['cycle_full', (f) => cycleFull(f)],
  ['lease_busy', (f) => when(f.leaseHolder !== undefined, `${f.leaseHolder} is running`)],
  ['plane_full', (f) => when(f.slotsTaken >= f.slots, `all ${f.slots} slots are taken`)],
] as const satisfies readonly (readonly [string, (facts: GateFacts) => Verdict])[]

/** Gates that a manual fire may name to pass (G15). */
export const FORCEABLE: readonly string[] = GATES.map(([name]) => name).filter(
  (name) => name !== 'lease_busy' && name !== 'plane_full',
)

/** The first gate that is shut and not forced, or undefined: a run may start. */
export const evaluateGates = (facts: GateFacts, forced: readonly string[]): Shut | undefined => {
  for (const [gate, check] of GATES) {
    if (forced.includes(gate) && FORCEABLE.includes(gate)) continue
    const shut = check(facts)
    if (shut) return { gate, ...shut }
  }
  return undefined
}

const when = (shut: boolean, message: string): Verdict => (shut ? { message } : undefined)

const until = (now: number, clearsAt: number, message: string): Verdict =>
  now < clearsAt ? { message, clearsAt } : undefined

const dormant = (f: GateFacts): Verdict => {
  if (!f.config.gates.dormancy || f.lastOutcome !== 'no_plan' || f.lastEndedAt === undefined) return
  if (f.trigger === 'wake' || f.trigger === 'webhook' || f.trigger === 'approval') return
  if ((f.lastSignalAt ?? 0) > f.lastEndedAt) return
  const cap = f.lastEndedAt + f.config.gates.dormancyCapHours * HOUR
  return until(f.now, cap, 'the last run found nothing worth doing, and nothing happened since')
}

const recentActivity = (f: GateFacts): Verdict =>
  f.lastActivityAt === undefined
    ? undefined
    : until(
        f.now,
        f.lastActivityAt + f.config.gates.activityMinutes * MINUTE,
        'a person is at work',
      )

const cooldown = (f: GateFacts): Verdict => {
  if (f.lastEndedAt === undefined || f.trigger === 'approval') return
  const base = f.config.gates.cooldownMinutes * MINUTE
  const length = Math.min(base * 2 ** f.failures, Math.max(base, DAY))
  return until(f.now, f.lastEndedAt + length, 'the last run ended a short while ago')
}

const dailyFires = (f: GateFacts): Verdict =>
  when(f.firesToday >= f.config.gates.dailyFires, `${f.firesToday} runs today, the limit`)

const dailyCost = (f: GateFacts): Verdict => {
  const reserved = f.averageUsd || 1 // Never 0: an average of free runs says nothing.
  const total = f.usdToday + reserved
  return when(
    total > f.config.gates.dailyUsd,
    `today's ${total.toFixed(2)} usd would pass the limit`,
  )
}

const cycleFull = (f: GateFacts): Verdict =>
  f.trigger === 'approval'
    ? undefined
    : when(
        f.cyclePlans >= f.config.gates.cyclePlans,
        `the cycle holds ${f.cyclePlans} undelivered plans`,
      )
