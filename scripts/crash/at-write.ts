import { finalStore } from './final-store.ts'
import { fireSample, openScene, runEnd, type Scene } from './scene.ts'

/** How a run ends when nobody disturbs it. */
export interface Reference {
  readonly writes: number
  readonly strict: readonly string[]
  /** Without what further attempts may change. */
  readonly loose: readonly string[]
}

/** Seconds until a run that lost a part must have ended. */
export const PATIENCE = 120

/** Runs the sample with nothing killed. */
export const undisturbed = async (): Promise<Reference> => {
  const scene = await openScene()
  try {
    const client = await scene.up(0)
    if (!client) throw new Error('the plane did not start')
    await runEnd(client, await fireSample(client, scene.repo), PATIENCE)
    const strict = await finalStore(scene.home, true)
    const loose = await finalStore(scene.home, false)
    return { writes: await scene.down(), strict, loose }
  } finally {
    await scene.remove()
  }
}

/** Kills the plane at a journal write, starts it again, and says what came out differently. */
export const killAtWrite = async (n: number, reference: Reference): Promise<string[]> => {
  const scene = await openScene()
  try {
    const first = await scene.up(n)
    const ran = first && fireSample(first, scene.repo).then((id) => runEnd(first, id, PATIENCE))
    await Promise.race([scene.died(), ran?.catch(() => scene.died())])
    await scene.kill()
    return await finish(scene, reference.strict, true)
  } catch (error) {
    return [String(error)]
  } finally {
    await scene.remove()
  }
}

/** Brings a plane up, fires (again), waits for the end, and compares. */
export const finish = async (
  scene: Scene,
  expected: readonly string[],
  attemptsCount: boolean,
): Promise<string[]> => {
  const client = await scene.up(0)
  if (!client) return ['the plane did not start again']
  try {
    await runEnd(client, await fireSample(client, scene.repo), PATIENCE)
    return differences(expected, await finalStore(scene.home, attemptsCount))
  } catch (error) {
    return [String(error)]
  } finally {
    await scene.down()
  }
}

/** Lines that only one of two stores has. */
export const differences = (expected: readonly string[], found: readonly string[]): string[] => [
  ...without(expected, found).map((line) => `- ${line}`),
  ...without(found, expected).map((line) => `+ ${line}`),
]

const without = (from: readonly string[], others: readonly string[]): string[] => {
  const left = [...others]
  return from.filter((line) => {
    const at = left.indexOf(line)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}
