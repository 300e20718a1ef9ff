import { readFile, rename, writeFile } from 'node:fs/promises'
import { z } from 'zod'

/** How far each shard of a stream was handled: its last sequence number, by stream and shard. */
export interface Checkpoints {
  get(shard: string): string | undefined
  /** On the disk when it resolves. */
  set(shard: string, sequenceNumber: string): Promise<void>
  /** Forgets shards that are no longer there. */
  keep(shards: readonly string[]): void
}

/** Checkpoints in a file. What cannot be read is forgotten: the stream is handled again, at least once. */
export const openCheckpoints = async (file: string): Promise<Checkpoints> => {
  const seen = new Map(Object.entries(await read(file)))
  return {
    get: (shard) => seen.get(shard),
    set: async (shard, sequenceNumber) => {
      seen.set(shard, sequenceNumber)
      await writeFile(`${file}.new`, JSON.stringify(Object.fromEntries(seen)))
      await rename(`${file}.new`, file)
    },
    keep: (shards) => {
      for (const shard of seen.keys()) if (!shards.includes(shard)) seen.delete(shard)
    },
  }
}

const read = async (file: string): Promise<Record<string, string>> => {
  try {
    return z.record(z.string(), z.string()).parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return {}
  }
}
