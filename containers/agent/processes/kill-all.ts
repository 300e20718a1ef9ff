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
  const found = await find(suspects) // First: what dies of the signal would not be counted.
  const wrapped = found.some(({ name }) => name === WRAPPER)
  if (suspects.group !== undefined && !wrapped) send(-suspects.group, signal)
  for (const { pid, name } of found) if (signal === 'SIGKILL' || name !== WRAPPER) send(pid, signal)
  return found.length
}

/** A sandbox that ends takes all that is in it along, unasked: it goes when they have gone. */
const WRAPPER = 'bwrap'

interface Found {
  readonly pid: number
  readonly name: string
}

const send = (pid: number, signal: 'SIGTERM' | 'SIGKILL'): void => {
  try {
    process.kill(pid, signal)
  } catch {
    // It went by itself.
  }
}

const find = async (suspects: Suspects): Promise<Found[]> => {
  const names = await readdir('/proc').catch(() => [])
  const pids = names.filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
  const found = await Promise.all(pids.map((pid) => lookAt(pid, suspects)))
  return found.filter((one) => one !== undefined)
}

const lookAt = async (
  pid: string,
  { attemptId, uid, group }: Suspects,
): Promise<Found | undefined> => {
  try {
    const line = await readFile(`/proc/${pid}/stat`, 'latin1')
    // After the last bracket, for a process may call itself anything.
    const end = line.lastIndexOf(')')
    const [state, , ownGroup] = line.slice(end + 2).split(' ')
    if (state === 'Z') return undefined
    const found = { pid: Number(pid), name: line.slice(line.indexOf('(') + 1, end) }
    if (group !== undefined && Number(ownGroup) === group) return found
    if (uid !== undefined) return (await stat(`/proc/${pid}`)).uid === uid ? found : undefined
    const environment = await readFile(`/proc/${pid}/environ`, 'latin1')
    return environment.split('\0').includes(`${MARKER}=${attemptId}`) ? found : undefined
  } catch {
    return undefined
  }
}
