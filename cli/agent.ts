import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { RUNTIMES } from '#core/contracts/project.ts'
import { nearest } from '#core/nearest.ts'
import { environment } from '#core/settings.ts'
import { UsageError } from './usage-error.ts'

/** The agent as a project names it: paths made absolute, and only what can be run. */
export const agentOf = (given: string): string => {
  if (named(given)) return given
  if (!given.startsWith('command:')) {
    const guess = nearest(given, RUNTIMES)
    const hint = guess === undefined ? '' : `; did you mean ${guess}?`
    throw new UsageError(
      `unknown agent ${given}${hint} Known: ${RUNTIMES.join(', ')}, command:<program>`,
    )
  }
  const [, program = '', args = ''] = /^\s*(\S*)(.*)$/s.exec(given.slice('command:'.length)) ?? []
  return `command:${shellWord(programPath(program))}${args}`
}

const named = (agent: string): boolean => RUNTIMES.some((id) => id === agent)

/** A path as one word of a shell command. */
const shellWord = (path: string): string =>
  /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`

const programPath = (program: string): string => {
  const found = program.includes('/')
    ? resolve(program)
    : (environment().PATH ?? '')
        .split(delimiter)
        .map((folder) => join(folder, program))
        .find((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
  if (found === undefined || !statSync(found, { throwIfNoEntry: false })?.isFile())
    throw new UsageError(`no such agent program: ${program}`)
  try {
    accessSync(found, constants.X_OK)
  } catch {
    throw new UsageError(`the agent program ${found} is not executable: chmod +x it`)
  }
  return found
}
