import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AttemptRequest } from '#core/contracts/attempt-request.ts'
import { MARKER } from './processes/kill-all.ts'
import type { Folders } from './workspace/folders.ts'

/**
 * The environment of everything that is run on an agent's behalf: an allow-list, its own HOME, the
 * project's variables and the keys that the project names. Nothing else of the supervisor's.
 */
export const agentEnvironment = (
  request: AttemptRequest,
  folders: Folders,
  given: NodeJS.ProcessEnv,
): Record<string, string> => {
  const named = request.phase === 'prove' ? [] : request.keys // A proof has no credentials (E12).
  const keys = named.flatMap((name) => {
    const value = given[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return {
    PATH: [BIN, dirname(process.execPath), given.PATH ?? '/usr/bin:/bin'].join(':'),
    HOME: folders.home,
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    CI: '1',
    GIT_TERMINAL_PROMPT: '0',
    ...request.variables,
    ...Object.fromEntries(keys),
    [MARKER]: request.attemptId,
  }
}

/** What an agent finds there for the contract tools and its request. */
export const requestVariables = (
  request: AttemptRequest,
  folders: Folders,
): Record<string, string> => ({
  VIGIL_REQUEST: join(folders.root, 'request.json'),
  VIGIL_OUTBOX: folders.outbox,
  VIGIL_NONCE: request.nonce,
  VIGIL_PHASE: request.phase,
})

const BIN = dirname(fileURLToPath(import.meta.resolve('#containers/agent/bin/janitor')))
