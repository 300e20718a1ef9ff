import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { FaultClass } from '#core/faults.ts'
import type { FaultRow } from '../row.ts'

const wreck = (what: string, does: string, fault: FaultClass | 'none' = 'none'): FaultRow => ({
  name: `workspace-${what}`,
  class: fault,
  does,
  agent: 'wrecks',
  phase: 'code',
  ends: 'executed',
  config: { variables: { FAULT_WRECK: what } },
})

/** Agents that harm their workspace. */
export const workspaceFaults: readonly FaultRow[] = [
  wreck('git', 'deletes .git', 'workspace.missing'),
  wreck('broken', "truncates all of git's objects", 'workspace.missing'),
  wreck('all', 'deletes everything', 'workspace.missing'),
  wreck('lock', "leaves git's index locked"),
  wreck('many', 'makes 2,000 files'),
  wreck('history', 'commits on a branch that has nothing in common with the base'),
  {
    ...wreck('hook', 'leaves a hook for the commit of its work'),
    holds: ({ folder }) => (existsSync(join(folder, 'hook-ran')) ? ['the hook was run'] : []),
  },
]
