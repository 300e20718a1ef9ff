import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AttemptRequest } from '#core/contracts/attempt-request.ts'
import type { ContractToolsSettings } from '#core/settings.ts'
import { MARKER } from './processes/kill-all.ts'
import type { Folders } from './workspace/folders.ts'

/**
 * The environment of everything that is run in a workspace: an allow-list, a HOME of its own, the
 * project's variables. Nothing else of the supervisor's, and no key: set-up, verification and proof
 * need none (E12).
 */
export const agentEnvironment = (
  request: AttemptRequest,
  folders: Folders,
  given: NodeJS.ProcessEnv,
): Record<string, string> => ({
  PATH: [BIN, dirname(process.execPath), given.PATH ?? '/usr/bin:/bin'].join(':'),
  HOME: folders.home,
  LANG: 'C.UTF-8',
  TZ: 'UTC',
  CI: '1',
  GIT_TERMINAL_PROMPT: '0',
  ...request.variables,
  [MARKER]: request.attemptId,
})

/** The keys that the project names, for its agent's own process alone. */
export const agentKeys = (
  request: AttemptRequest,
  given: NodeJS.ProcessEnv,
): Record<string, string> =>
  Object.fromEntries(
    request.keys.flatMap((name) => {
      const value = given[name]
      return value === undefined ? [] : [[name, value] as const]
    }),
  )

/** The file that an agent finds its request in, below the attempt's root. */
export const REQUEST_FILE = 'request.json'

/** What an agent finds there for its request and the contract tools. */
export const requestVariables = (
  request: AttemptRequest,
  folders: Folders,
): Record<string, string> => ({
  VIGIL_REQUEST: join(folders.root, REQUEST_FILE),
  ...toolsVariables(request, folders),
})

/** What the contract tools work with. */
export const toolsVariables = (
  { nonce, phase }: AttemptRequest,
  { outbox }: Folders,
): Record<keyof ContractToolsSettings, string> => ({
  VIGIL_OUTBOX: outbox,
  VIGIL_NONCE: nonce,
  VIGIL_PHASE: phase,
})

const BIN = dirname(fileURLToPath(import.meta.resolve('#containers/agent/bin/janitor')))
