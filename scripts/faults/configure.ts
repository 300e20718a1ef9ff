import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ProjectConfig } from '#core/contracts/project.ts'
import type { Ground } from './ground.ts'
import type { FaultRow, Given } from './row.ts'

/** The project of a scene: short clocks, no backoff to speak of, the agent that misbehaves. */
export const configOf = (
  row: FaultRow,
  { folder, repo }: Ground,
  more: Given = {},
): ProjectConfig => {
  const given = { ...row.config, ...more }
  return ProjectConfig.parse({
    source: { location: repo },
    agent: `command:${join(AGENTS, `${row.agent ?? 'works'}.sh`)}`,
    audit: false,
    ...given,
    variables: {
      FAULT_FOLDER: folder,
      FAULT_PHASE: row.phase ?? 'discovery',
      FAULT_ATTEMPTS: String(row.attempts ?? 1),
      ...given.variables,
    },
    clocks: { ...CLOCKS, ...given.clocks },
    retries: { backoffSeconds: 1, ...given.retries },
    budget: { usd: 100, ...given.budget },
  })
}

/** Seconds. Those that a fault is to run into are shorter in its row. */
const CLOCKS = {
  start: 10,
  prepare: 20,
  progress: 10,
  tool: 15,
  turn: 40,
  verify: 10,
  finish: 20,
  fence: 5,
}

/** What supervisors are given besides what every task gets. */
export const taskVariables = (row: FaultRow, folder: string): Record<string, string> =>
  row.preload === undefined
    ? {}
    : {
        NODE_OPTIONS: `--import=${join(PRELOADS, `${row.preload}.ts`)}`,
        FAULT_FOLDER: folder,
      }

const AGENTS = fileURLToPath(new URL('../../test/fixtures/agents', import.meta.url))
const PRELOADS = fileURLToPath(new URL('./preloads', import.meta.url))
