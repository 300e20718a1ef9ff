import type { EventKind } from '#core/contracts/event.ts'
import type { Scene } from '../scene.ts'

/** Events of these kinds are in the run, and none of those that are not to be. */
export const happened =
  (kinds: readonly EventKind[], never: readonly EventKind[] = []) =>
  ({ table }: Scene): string[] => {
    const seen = table.events().map(({ event }) => event.kind)
    return [
      ...kinds.filter((kind) => !seen.includes(kind)).map((kind) => `there is no ${kind}`),
      ...never.filter((kind) => seen.includes(kind)).map((kind) => `there is ${kind}`),
    ]
  }
