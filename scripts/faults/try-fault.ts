import { brokenLaws } from './laws.ts'
import type { FaultRow, Limits } from './row.ts'
import { openScene, type Scene, until } from './scene.ts'
import { type Times, timesOf } from './times.ts'
import { type ProcessWatch, processesOf } from './watch-processes.ts'
import { watchTask } from './watch-task.ts'

/** What came of a fault. */
export interface Tried extends Times {
  readonly name: string
  readonly class: string
  readonly held: boolean
  /** Laws that were broken, and what else was not as expected. */
  readonly broken: readonly string[]
  /** Limits that were missed. */
  readonly late: readonly string[]
}

/** Injects a fault into a plane of its own, waits for the end of the run, and judges what was seen. */
export const tryFault = async (row: FaultRow, processes: ProcessWatch): Promise<Tried> => {
  let scene: Scene | undefined
  let times: Times = { noticedMs: null, stoppedMs: null, workingMs: null }
  const broken: string[] = []
  try {
    scene = await openScene(row, processes)
    times = await play(row, scene, broken)
  } catch (error) {
    broken.push(error instanceof Error ? error.message : String(error))
  }
  await scene?.close()
  const left = scene ? processesOf(scene.folder) : []
  broken.push(...left.map((process) => `left behind: ${process}`))
  const late = limitsMissed(row.limits ?? {}, times)
  const held = broken.length === 0 && late.length === 0
  return { name: row.name, class: row.class, ...times, held, broken, late }
}

const play = async (row: FaultRow, scene: Scene, broken: string[]): Promise<Times> => {
  const task = watchTask(scene)
  try {
    if (row.inject) await row.inject(scene)
    else scene.faultAt = await scene.signed('fault')
    scene.faultAt ??= Date.now()
    await until('the end of the run', () => scene.ended(), RUN_SECONDS)
    broken.push(...(await brokenLaws(row, scene)))
    broken.push(...((await row.holds?.(scene)) ?? []))
  } catch (error) {
    broken.push(error instanceof Error ? error.message : String(error), ...trail(scene))
  } finally {
    task.end()
  }
  return timesOf(row, scene, task.stopAt())
}

/** The longest backoffs and graces of all rows together take less. */
const RUN_SECONDS = 90

/** What the run had come to, for who has to find out why. */
const trail = ({ table }: Scene): string[] =>
  table
    .events()
    .slice(-6)
    .map(({ event }) => `${event.kind} ${event.attemptId ?? ''} ${event.reason ?? event.to ?? ''}`)

/** An agent that was never seen alive after the fault had stopped before. */
const limitsMissed = (limits: Limits, times: Times): string[] => {
  const rows: [string, number | undefined, number][] = [
    ['noticed', limits.noticed, times.noticedMs ?? Number.POSITIVE_INFINITY],
    ['stopped', limits.stopped, times.stoppedMs ?? 0],
    ['working again', limits.working, times.workingMs ?? Number.POSITIVE_INFINITY],
  ]
  return rows
    .filter(([, limit, time]) => limit !== undefined && time > limit)
    .map(([what, limit, time]) => `${what} after ${time} ms of ${limit}`)
}
