import type { AttemptState } from '#core/contracts/attempt.ts'
import { partsOfAttemptId } from '#core/ids.ts'
import type { FaultRow } from './row.ts'
import type { Scene } from './scene.ts'

/** Milliseconds from the fault to what followed; null where nothing of the kind did, or makes sense. */
export interface Times {
  readonly noticedMs: number | null
  readonly stoppedMs: number | null
  readonly workingMs: number | null
}

/** What the onlookers saw of a fault. `stopAt` is when a task was seen to be told to stop. */
export const timesOf = (row: FaultRow, scene: Scene, stopAt: number | undefined): Times => {
  const target = scene.target()
  const from = scene.faultAt
  if (!target || from === undefined) return NONE
  const since = (at: number | undefined) => (at === undefined ? null : Math.max(0, at - from))
  const told = scene.table
    .events()
    .find(({ event, at }) => event.attemptId === target.id && at >= from && NOTICES.has(event.kind))
  const agents = scene.processes.of(target.id, 'agent')
  const gone = agents.map(({ goneAt }) => goneAt ?? Number.POSITIVE_INFINITY)
  const survives = row.class === 'none'
  return {
    noticedMs:
      survives && row.limits?.noticed === undefined
        ? null
        : since(row.seenBy === 'stop' ? stopAt : told?.at),
    stoppedMs:
      agents.length === 0 || (survives && row.limits?.stopped === undefined)
        ? null
        : since(Math.max(...gone)),
    workingMs: survives ? null : since(nextWorksAt(scene, target.id)),
  }
}

const NONE: Times = { noticedMs: null, stoppedMs: null, workingMs: null }

const NOTICES = new Set(['attempt.stalled', 'attempt.lost', 'attempt.nudged', 'attempt.ended'])

/** States that say that an attempt works, or has: an agent can be faster than any look. */
const WORKED: readonly AttemptState[] = ['working', 'tool', 'verifying', 'finishing', 'succeeded']

/** When the next attempt of the turn works: its agent is there, or its state says so. */
const nextWorksAt = ({ table, processes }: Scene, attemptId: string): number | undefined => {
  const { turnId, number } = partsOfAttemptId(attemptId)
  const next = table.attempts().find((each) => each.turnId === turnId && each.number === number + 1)
  if (!next) return undefined
  const agents = processes.of(next.id, 'agent').map(({ firstAt }) => firstAt)
  const working = table.stateAt(next.id, WORKED)
  const times = [...agents, ...(working === undefined ? [] : [working])]
  return times.length > 0 ? Math.min(...times) : undefined
}
