import type { FaultRow } from '../row.ts'
import { ENDED } from './limits.ts'

/** Agents that ask, spend or lie. */
export const wordFaults: readonly FaultRow[] = [
  {
    name: 'permission-asked',
    class: 'agent.permission',
    does: 'asks for a permission and waits for the answer',
    agent: 'asks-permission',
    ends: 'blocked',
    reason: 'agent.permission',
    limits: { noticed: ENDED.noticed, stopped: ENDED.stopped },
  },
  {
    name: 'budget-overspent',
    class: 'budget.exhausted',
    does: 'says that it has spent more than the budget, and would go on',
    agent: 'overspends',
    ends: 'budget_exhausted',
    config: { budget: { usd: 1 } },
    limits: { noticed: 2_000, stopped: 1_000 },
    holds: ({ table }) =>
      table.events().some(({ event }) => event.kind === 'budget.warned')
        ? []
        : ['it was not said that most of the budget is spent'],
  },
  {
    name: 'done-but-red',
    class: 'none',
    does: 'says that its work is done, and verification is red',
    agent: 'says-done',
    phase: 'code',
    ends: 'executed',
    holds: async ({ client, runId }) => {
      const { turns, run } = await client.run(runId)
      const phases = turns.map(({ phase }) => phase).join(' ')
      const expected = 'discovery code prove fix prove report'
      return [
        ...(phases === expected ? [] : [`its turns were ${phases}`]),
        ...(run.proof?.proved ? [] : ['it is not proved']),
      ]
    },
  },
]
