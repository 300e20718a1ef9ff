import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

/** Variable that marks every process of an attempt's agent, detached descendants included. */
export const MARKER = 'VIGIL_AGENT_OF'

/**
 * Ends every process of an agent: SIGTERM, five seconds, SIGKILL, until none is left (T5). Answers
 * how many were found. Where there is no /proc, only the process group can be reached.
 */
export const killAll = async (attemptId: string, group: number | undefined, patience = 5_000) => {
  const first = await signalAll(attemptId, group, 'SIGTERM')
  const until = Date.now() + patience
  let left = first
  while (left > 0 && Date.now() < until) {
    await sleep(25)
    left = (await marked(attemptId)).length
  }
  while (left > 0) {
    await signalAll(attemptId, group, 'SIGKILL')
    await sleep(10)
    left = (await marked(attemptId)).length
  }
  return first
}

const signalAll = async (
  attemptId: string,
  group: number | undefined,
  signal: 'SIGTERM' | 'SIGKILL',
): Promise<number> => {
  if (group !== undefined) send(-group, signal)
  const pids = await marked(attemptId)
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

const marked = async (attemptId: string): Promise<number[]> => {
  const names = await readdir('/proc').catch(() => [])
  const pids = names.filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
  const found = await Promise.all(
    pids.map(async (pid) => {
      const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '')
      return environment.split('\0').includes(`${MARKER}=${attemptId}`) ? Number(pid) : undefined
    }),
  )
  return found.filter((pid) => pid !== undefined)
}
