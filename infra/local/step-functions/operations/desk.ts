import type { Driver } from '../run/driver.ts'
import type { Publisher } from '../run/publisher.ts'
import type { World } from '../run/world.ts'

/** What the service's operations work with. */
export type Desk = { world: World; driver: Driver; publisher: Publisher }

/** A time as the protocol has it: seconds since the epoch. */
export function seconds(time: number): number {
  return time / 1000
}
