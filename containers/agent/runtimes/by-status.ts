import type { FaultClass } from '#core/faults.ts'

/** What an HTTP status of a model's provider means; none at all is a crash of the agent. */
export const byStatus = (status: number | undefined): FaultClass => {
  if (status === undefined) return 'agent.crashed'
  if (status === 401 || status === 403) return 'provider.auth'
  if (status === 404) return 'model.unavailable'
  if (status === 429) return 'provider.rate_limited'
  if (status >= 500) return 'provider.overloaded'
  return 'agent.config'
}
