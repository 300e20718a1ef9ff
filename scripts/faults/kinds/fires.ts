import type { FaultRow } from '../row.ts'
import type { Scene } from '../scene.ts'

const runsOf = async ({ client }: Scene): Promise<string[]> =>
  (await client.runs('fault', 20)).map(({ id }) => id)

const fired: Omit<FaultRow, 'name' | 'does' | 'inject'> = {
  class: 'none',
  ends: 'no_plan',
  holds: async (scene) => {
    const runs = await runsOf(scene)
    return runs.length === 1 ? [] : [`${runs.length} runs were started`]
  },
}

/** Fires that come more than once. */
export const fireFaults: readonly FaultRow[] = [
  {
    ...fired,
    name: 'fire-twice',
    does: 'the same fire is delivered five times more: it is one run',
    inject: async ({ client, runId }) => {
      const again = { force: [], propose: false }
      const answers = await Promise.all(
        [1, 2, 3, 4, 5].map(() => client.fire('fault', again, 'the-fire')),
      )
      const others = answers.filter(({ run }) => run !== runId)
      if (others.length > 0) throw new Error(`answered ${JSON.stringify(others[0])}`)
    },
  },
  {
    ...fired,
    name: 'fires-at-once',
    does: 'five other fires come while the lease is held: all are blocked',
    inject: async ({ client }) => {
      const answers = await Promise.all(
        [1, 2, 3, 4, 5].map((n) => client.fire('fault', FORCED, `other-${n}`)),
      )
      const others = answers.filter(({ run }) => run !== null)
      if (others.length > 0) throw new Error(`answered ${JSON.stringify(others[0])}`)
    },
  },
]

const FORCED = { force: ['cooldown', 'daily_fires'], propose: false }
