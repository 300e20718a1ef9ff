import { byStatus } from '#containers/agent/runtimes/by-status.ts'
import type { AgentExit } from '#containers/agent/runtimes/runtime.ts'
import type { FaultClass } from '#core/faults.ts'
import type { ClaudeResult } from './claude-line.ts'

/**
 * How a Claude Code process ended, by type and never by prose: it succeeded only with exit code 0
 * and a `result` line without `is_error`, for API errors come with `subtype: "success"`, and with no
 * tool refused on the way, which it does not count as an error.
 */
export const settleClaude = (
  exit: AgentExit,
  result: ClaudeResult | undefined,
): FaultClass | undefined => {
  if (!result) {
    if (exit.code === 126 || exit.code === 127) return 'agent.config'
    return exit.code === 0 ? 'agent.no_output' : 'agent.crashed'
  }
  if (!result.is_error && exit.code !== 0) return 'agent.crashed'
  if (!result.is_error) return result.permission_denials.length > 0 ? 'agent.permission' : undefined
  return BY_SUBTYPE.get(result.subtype) ?? byStatus(result.api_error_status ?? undefined)
}

const BY_SUBTYPE = new Map<string, FaultClass>([
  ['error_max_turns', 'agent.max_steps'],
  ['error_max_budget_usd', 'budget.exhausted'],
])
