import type { FaultRow } from '../row.ts'
import { until } from '../scene.ts'
import { happened } from './happened.ts'
import { ENDED } from './limits.ts'

const says = (fault: string, more: Record<string, string> = {}): Record<string, string> => ({
  FAULT_CLASS: fault,
  ...more,
})

/** Models that cannot be had. */
export const providerFaults: readonly FaultRow[] = [
  {
    name: 'provider-quota',
    class: 'provider.quota',
    does: "says when the provider's quota is there again: it is waited for, without a slot",
    agent: 'says-fault',
    ends: 'no_plan',
    config: { variables: says('provider.quota', { FAULT_RESET: '5' }) },
    limits: { noticed: ENDED.noticed, working: 9_000 },
    holds: happened(['provider.waited', 'provider.resumed']),
  },
  {
    name: 'provider-cancelled',
    class: 'provider.quota',
    does: "is cancelled while the provider's quota is waited for",
    agent: 'says-fault',
    ends: 'cancelled',
    config: { variables: says('provider.quota', { FAULT_RESET: '600' }) },
    inject: async (scene) => {
      await until('the run waits', () => scene.table.run()?.wait !== undefined)
      scene.faultAt = Date.now()
      await scene.client.cancel(scene.runId)
      await scene.client.cancel(scene.runId)
    },
  },
  {
    name: 'provider-chain',
    class: 'provider.overloaded',
    does: 'has a second model, which is tried at once',
    agent: 'says-fault',
    ends: 'no_plan',
    config: { variables: says('provider.overloaded'), models: ['one', 'another'] },
    limits: ENDED,
    holds: (scene) => {
      const models = scene.table.attempts().map(({ model }) => model)
      return [
        ...happened([], ['provider.waited'])(scene),
        ...(models.join() === 'one,another' ? [] : [`its models were ${models}`]),
      ]
    },
  },
  {
    name: 'provider-refuses-key',
    class: 'provider.auth',
    does: 'says by its stream that the key is refused: that is never waited for',
    agent: 'says-fault',
    ends: 'blocked',
    reason: 'provider.auth',
    config: { variables: says('provider.auth'), models: ['one', 'another'] },
    holds: happened([], ['provider.waited']),
  },
  {
    name: 'model-unavailable',
    class: 'model.unavailable',
    does: 'names a model that nobody has, and none after it',
    agent: 'says-fault',
    ends: 'blocked',
    reason: 'model.unavailable',
    config: { variables: says('model.unavailable'), models: ['one'] },
    holds: happened([], ['provider.waited']),
  },
  {
    name: 'context-full',
    class: 'agent.context_full',
    does: "says that the model's context is full",
    agent: 'says-fault',
    ends: 'no_plan',
    config: { variables: says('agent.context_full') },
    limits: ENDED,
  },
]
