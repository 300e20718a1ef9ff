import { readdirSync, readFileSync } from 'node:fs'
import { processStartTime } from '#infra/local/processes.ts'
import { fail, type Judgement, ok, warn, worst } from './diagnosis.ts'

/** A supervisor or a process of an agent, found by its environment. */
export interface Found {
  readonly pid: number
  readonly kind: 'supervisor' | 'agent'
  readonly attemptId: string
  /** The data folder of its plane; undefined where its HOME doesn't tell. */
  readonly folder: string | undefined
}

/** What is known of whose it is. */
export interface Belonging {
  /** Of the data folder that is looked at, of another one, or of none that is known. */
  readonly of: 'this' | 'other' | 'unknown'
  readonly planeRuns: boolean
  /** As the plane of this folder knows its attempt. */
  readonly attempt: 'live' | 'over' | 'nowhere' | 'not asked'
}

/** Whether a process has lost its attempt or its plane (T5, S3). */
export const judgeProcess = (found: Found, { of, planeRuns, attempt }: Belonging): Judgement => {
  const name = `${found.kind} ${found.pid} of ${found.attemptId}`
  const end = `End it: kill ${found.pid}.`
  if (attempt === 'over') return fail(`${name}: its attempt is over`, end)
  if (attempt === 'live') return ok(name)
  if (of === 'this' && attempt === 'nowhere') return fail(`${name}: no such attempt`, end)
  if (of === 'this' && !planeRuns)
    return fail(
      `${name}: its plane is not there`,
      `A plane takes it over or ends it: vigil up --until-idle; or: kill ${found.pid}.`,
    )
  if (of === 'other' && !planeRuns)
    return warn(`${name}: its plane is not there (${found.folder})`, end)
  return of === 'unknown' ? warn(`${name}: its plane is not known`, end) : ok(name)
}

/** All of them in one line. */
export const judgeProcesses = (found: readonly Judgement[]): Judgement =>
  worst(found, found.length === 0 ? 'none runs' : `${found.length} run, each on a live attempt`)

/** Marks every process of an agent; the supervisor itself has the other one. */
export const MARKERS = { agent: 'VIGIL_AGENT_OF', supervisor: 'VIGIL_ATTEMPT' } as const

/** Supervisors and agents of this machine whose environment this user may read. */
export const findProcesses = (): Found[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((name) => foundOf(Number(name)) ?? [])

const foundOf = (pid: number): Found | undefined => {
  try {
    if (processStartTime(pid) === undefined) return undefined
    const entries = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
    const read = (variable: string) =>
      entries.find((entry) => entry.startsWith(`${variable}=`))?.slice(variable.length + 1)
    const kind = read(MARKERS.agent) === undefined ? 'supervisor' : 'agent'
    const attemptId = read(MARKERS[kind])
    if (attemptId === undefined) return undefined
    return { pid, kind, attemptId, folder: folderOf(read('HOME')) }
  } catch {
    return undefined
  }
}

/** A task's HOME is `<data folder>/tasks/<id>`, and its agent's lies below that. */
const folderOf = (home: string | undefined): string | undefined =>
  /^(.+?)\/tasks\/[^/]+(?:\/|$)/.exec(home ?? '')?.[1]
