import { appendFileSync } from 'node:fs'

/** One line for one fact, as JSON (to a file: the terminal belongs to the command line). */
export type Log = (event: string, facts?: Readonly<Record<string, unknown>>) => void

/** A log in a file. Logging never breaks what it tells of. */
export const openLog =
  (file: string, now: () => number): Log =>
  (event, facts = {}) => {
    try {
      appendFileSync(
        file,
        `${JSON.stringify({ at: new Date(now()).toISOString(), event, ...facts })}\n`,
      )
    } catch {
      // A full disk is told by those who need to write.
    }
  }
