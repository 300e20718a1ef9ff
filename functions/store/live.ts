import { z } from 'zod'
import { LIVE_SHARDS } from './entity.ts'
import type { Store } from './store.ts'

const LiveItem = z.object({ id: z.string(), sk: z.string() })

/** Ids of all runs and attempts that are not terminal, for the sweeper. May lag a moment behind. */
export const liveIds = async ({
  table,
}: Store): Promise<{ runs: string[]; attempts: string[] }> => {
  const shards = Array.from({ length: LIVE_SHARDS }, (_, shard) => `live#${shard}`)
  const pages = await Promise.all(shards.map((shard) => table.index('live', shard, LIMIT)))
  const items = pages.flat().map((item) => LiveItem.parse(item))
  const ofKind = (prefix: string) =>
    items.filter(({ sk }) => sk.startsWith(prefix)).map(({ id }) => id)
  return { runs: ofKind('run'), attempts: ofKind('attempt#') }
}

/** What one sweep looks at in a shard; the rest is the next one's. */
const LIMIT = 500
