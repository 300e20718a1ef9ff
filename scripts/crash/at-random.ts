import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from '#cli/client.ts'
import { differences, finish, PATIENCE, type Reference } from './at-write.ts'
import { finalStore } from './final-store.ts'
import { fireSample, openScene, runEnd, type Scene } from './scene.ts'

const PARTS = ['plane', 'table engine', 'supervisor'] as const
type Part = (typeof PARTS)[number]

/** Kills one part or two at a moment that the seed names, and says what came out differently. */
export const killAtRandom = async (
  seed: number,
  reference: Reference,
): Promise<{ what: string; differences: string[] }> => {
  const random = generator(seed)
  const first = PARTS[Math.floor(random() * PARTS.length)] ?? 'plane'
  const second = random() < 0.5 ? PARTS[Math.floor(random() * PARTS.length)] : undefined
  const moment = Math.floor(random() * SPAN_MS)
  const parts = [...new Set([first, ...(second ? [second] : [])])]
  const what = `${parts.join(' and ')} after ${moment} ms`
  const scene = await openScene()
  try {
    const client = await scene.up(0)
    if (!client) return { what, differences: ['the plane did not start'] }
    const runId = await fireSample(client, scene.repo)
    await sleep(moment)
    for (const part of parts) await kill(scene, client, runId, part)
    if (!scene.alive()) return { what, differences: await finish(scene, reference.loose, false) }
    await runEnd(client, runId, PATIENCE)
    return { what, differences: differences(reference.loose, await finalStore(scene.home, false)) }
  } catch (error) {
    return { what, differences: [String(error)] }
  } finally {
    await scene.down()
    await scene.remove()
  }
}

/** A run takes about so long; kills that come after its end find nothing to disturb. */
const SPAN_MS = 9_000

const kill = async (scene: Scene, client: Client, runId: string, part: Part): Promise<void> => {
  if (part === 'plane') return scene.kill()
  if (part === 'table engine') return void process.kill(await scene.pidOf('dynamodb'), 'SIGKILL')
  if (!scene.alive()) return
  const { attempts } = await client.run(runId).catch(() => ({ attempts: [] }))
  const pid = attempts.at(-1)?.claim?.pid
  try {
    if (pid !== undefined) process.kill(pid, 'SIGKILL')
  } catch {
    // It had ended by itself.
  }
}

/** Mulberry32: small, and the same everywhere for one seed. */
const generator = (seed: number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
