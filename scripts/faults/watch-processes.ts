import { readdirSync, readFileSync } from 'node:fs'

/** A process of an attempt, as it was seen in /proc. Times in epoch milliseconds. */
export interface SeenProcess {
  readonly pid: number
  readonly attemptId: string
  readonly part: 'supervisor' | 'agent'
  readonly firstAt: number
  /** When it was first seen to be gone. */
  goneAt: number | undefined
  /** Largest resident set in megabytes. */
  peakMb: number
}

/** Looks at the process table from outside of all planes. */
export interface ProcessWatch {
  of(attemptId: string, part: SeenProcess['part']): SeenProcess[]
  /** Of every attempt of a run. */
  ofRun(runId: string): SeenProcess[]
  stop(): void
}

/** Watches supervisors and agents by the variables that mark them. */
export const watchProcesses = (): ProcessWatch => {
  const seen: SeenProcess[] = []
  const current = new Map<string, { process: SeenProcess | undefined; firstAt: number }>()
  const look = () => {
    const now = Date.now()
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
    const there = new Set(pids)
    for (const [pid, { process }] of current)
      if (!there.has(pid)) {
        if (process) process.goneAt ??= now
        current.delete(pid)
      }
    for (const pid of pids) {
      const known = current.get(pid) ?? { process: undefined, firstAt: now }
      const mark = now - known.firstAt < YOUNG_MS ? markOf(pid) : undefined
      if (mark && known.process) Object.assign(known.process, mark)
      if (mark && !known.process) {
        known.process = { pid: Number(pid), ...mark, firstAt: now, goneAt: undefined, peakMb: 0 }
        seen.push(known.process)
      }
      if (known.process) measure(known.process, now)
      current.set(pid, known)
    }
  }
  const timer = setInterval(look, LOOK_MS)
  return {
    of: (attemptId, part) =>
      seen.filter((process) => process.attemptId === attemptId && process.part === part),
    ofRun: (runId) => seen.filter(({ attemptId }) => attemptId.startsWith(`${runId}-`)),
    stop: () => clearInterval(timer),
  }
}

/** Between looks. */
export const LOOK_MS = 40

/** A process has its parent's environment until it becomes another program. */
const YOUNG_MS = 1_000

const markOf = (pid: string): Pick<SeenProcess, 'attemptId' | 'part'> | undefined => {
  try {
    const environment = `\0${readFileSync(`/proc/${pid}/environ`, 'latin1')}`
    const agent = /\0VIGIL_AGENT_OF=([^\0]+)/.exec(environment)?.[1]
    const supervisor = /\0VIGIL_ATTEMPT=([^\0]+)/.exec(environment)?.[1]
    if (agent !== undefined) return { attemptId: agent, part: 'agent' }
    return supervisor === undefined ? undefined : { attemptId: supervisor, part: 'supervisor' }
  } catch {
    return undefined
  }
}

/** A zombie is dead, only not buried. */
const measure = (process: SeenProcess, now: number): void => {
  if (process.goneAt !== undefined) return
  try {
    const status = readFileSync(`/proc/${process.pid}/status`, 'latin1')
    if (/^State:\s+[ZX]/m.test(status)) process.goneAt = now
    const resident = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024
    process.peakMb = Math.max(process.peakMb, resident)
  } catch {
    process.goneAt = now
  }
}

/** Processes that have a folder in their environment, working directory or command. */
export const processesOf = (folder: string): string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8')
        return `${command} ${environment}`.includes(`${folder}/`) ? [`${pid}: ${command}`] : []
      } catch {
        return []
      }
    })
