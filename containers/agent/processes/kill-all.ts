import { readdir, readFile, stat } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

/** Variable that marks every process of an attempt's agent, detached descendants included. */
export const MARKER = 'VIGIL_AGENT_OF'

/** Whose processes are meant: an attempt's, by its marker or by the uid that only its agent has. */
export interface Suspects {
  readonly attemptId: string
  readonly uid?: number | undefined
  /** Process group of the agent, reached even where there is no /proc. */
  readonly group?: number | undefined
}

/**
 * Ends every process of an agent: SIGTERM, five seconds, SIGKILL, until none is left (T5). Answers
 * how many were found. `patience` in milliseconds.
 */
export const killAll = async (suspects: Suspects, patience = 5_000): Promise<number> => {
  const first = await signalAll(suspects, 'SIGTERM')
  const until = Date.now() + patience
  let left = first
  while (left > 0 && Date.now() < until) {
    await sleep(25)
    left = (await find(suspects)).length
  }
  while (left > 0) {
    await signalAll(suspects, 'SIGKILL')
    await sleep(10)
    left = (await find(suspects)).length
  }
  return first
}

const signalAll = async (suspects: Suspects, signal: 'SIGTERM' | 'SIGKILL'): Promise<number> => {
  const pids = await find(suspects) // First: what dies of the signal would not be counted.
  if (suspects.group !== undefined) send(-suspects.group, signal)
  for (const pid of pids) send(pid, signal)
  return pids.length
}

const send = (pid: number, signal: 'SIGTERM' | 'SIGKILL'): void => {
  try {
    process.kill(pid, signal)
  } catch {
    // It went by itself.
  }
}

const find = async (suspects: Suspects): Promise<number[]> => {
  const names = await readdir('/proc').catch(() => [])
  const pids = names.filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
  const found = await Promise.all(
    pids.map(async (pid) => ((await isOne(pid, suspects)) ? Number(pid) : undefined)),
  )
  return found.filter((pid) => pid !== undefined)
}

const isOne = async (pid: string, { attemptId, uid, group }: Suspects): Promise<boolean> => {
  try {
    const line = await readFile(`/proc/${pid}/stat`, 'latin1')
    // After the last bracket, for a process may call itself anything.
    const [state, , ownGroup] = line.slice(line.lastIndexOf(')') + 2).split(' ')
    if (state === 'Z') return false
    if (group !== undefined && Number(ownGroup) === group) return true
    if (uid !== undefined) return (await stat(`/proc/${pid}`)).uid === uid
    const environment = await readFile(`/proc/${pid}/environ`, 'latin1')
    return environment.split('\0').includes(`${MARKER}=${attemptId}`)
  } catch {
    return false
  }
}
