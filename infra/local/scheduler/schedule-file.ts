import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { PlaneError } from '#infra/local/plane-error.ts'
import { idOf, Schedule } from './schedule.ts'

/** Schedules in a file, by group and name; a change is on the disk before it is answered. */
export interface ScheduleFile {
  readonly all: () => Schedule[]
  readonly get: (id: string) => Schedule | undefined
  readonly save: (schedule: Schedule) => void
  readonly remove: (id: string) => boolean
}

/** Opens the file, or begins one. Throws a PlaneError when it cannot be read: none may be lost. */
export const openScheduleFile = (file: string): ScheduleFile => {
  const schedules = new Map(read(file).map((schedule) => [idOf(schedule), schedule]))
  const write = () => {
    writeFileSync(`${file}.new`, JSON.stringify([...schedules.values()]))
    renameSync(`${file}.new`, file)
  }
  return {
    all: () => [...schedules.values()],
    get: (id) => schedules.get(id),
    save: (schedule) => {
      schedules.set(idOf(schedule), schedule)
      write()
    },
    remove: (id) => {
      const found = schedules.delete(id)
      if (found) write()
      return found
    },
  }
}

const read = (file: string): Schedule[] => {
  try {
    return z.array(Schedule).parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw new PlaneError(`the schedules in ${file} cannot be read: ${String(error)}`)
  }
}
