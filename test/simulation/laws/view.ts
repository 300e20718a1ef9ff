import type { Attempt } from '#core/contracts/attempt.ts'
import type { Event } from '#core/contracts/event.ts'
import type { Run } from '#core/contracts/run.ts'
import type { Turn } from '#core/contracts/turn.ts'
import type { Lease } from '#functions/store/lease.ts'
import type { Item, MemoryTable } from '../table/memory-table.ts'

/** All that a table with one run holds, as it is this moment. */
export interface View {
  readonly run: Run | undefined
  readonly turns: readonly Turn[]
  readonly attempts: readonly Attempt[]
  readonly events: readonly Event[]
  readonly lease: Lease | undefined
  readonly slots: ReadonlySet<unknown>
  readonly plan: { readonly status: string } | undefined
  readonly days: readonly { readonly usd: number }[]
  /** What the sweeper's index has. */
  readonly live: readonly Item[]
}

/** What kind of item it is, by its sort key. */
export const kindOf = ({ sk }: Item): string => sk.split('#', 1)[0] ?? ''

/** Reads a table without asking it. */
export const viewOf = (table: MemoryTable): View => {
  const items = table.items().sort((one, other) => (one.sk < other.sk ? -1 : 1))
  const all = <T>(kind: string) => items.filter((item) => kindOf(item) === kind) as unknown as T[]
  const [slots] = all<{ runs?: ReadonlySet<unknown> }>('slots')
  return {
    run: all<Run>('run')[0],
    turns: all('turn'),
    attempts: all('attempt'),
    events: all('event'),
    lease: all<Lease>('lease')[0],
    slots: slots?.runs ?? new Set(),
    plan: all<{ status: string }>('plan')[0],
    days: all('day'),
    live: items.filter(({ live }) => live !== undefined),
  }
}

/** Nothing where a law holds, else what was seen instead. */
export const law = (holds: boolean, otherwise: string): string[] => (holds ? [] : [otherwise])
