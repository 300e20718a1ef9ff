import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** When a process began, as the kernel counts it; undefined when it is gone. Tells reused pids apart. */
export const processStartTime = (pid: number): string | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const state = fields[0]
    return state === 'Z' || state === 'X' ? undefined : fields[START_TIME]
  } catch {
    return undefined
  }
}

/** Whether the very process that was written down is still there. */
export const isAlive = (known: { pid: number; startTime: string }): boolean =>
  processStartTime(known.pid) === known.startTime

/** The process whose environment holds `NAME=value`: how one is found whose pid was never written. */
export const processWith = (variable: string): number | undefined => {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const found = pids.find((pid) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(variable)
    } catch {
      return false
    }
  })
  return found === undefined ? undefined : Number(found)
}

/** Kills every process whose HOME is below a folder: what a task and its agent started, no bystander. */
export const killBelow = async (folder: string): Promise<void> => {
  for (let left = processesBelow(folder); left.length > 0; left = processesBelow(folder)) {
    for (const pid of left)
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It went by itself.
      }
    await sleep(10)
  }
}

const processesBelow = (folder: string): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      try {
        if (processStartTime(Number(pid)) === undefined) return false
        const environment = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0')
        const homes = environment.filter((entry) => entry.startsWith('HOME='))
        return homes.some((home) =>
          `${home.slice(5)}/`.startsWith(`${Buffer.from(folder).toString('latin1')}/`),
        )
      } catch {
        return false
      }
    })
    .map(Number)

/** Field 22 of /proc/<pid>/stat, counted from the one after the command's name. */
const START_TIME = 19
