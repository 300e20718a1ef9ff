import { arm, type Observation, observe } from '#containers/agent/watch.ts'
import type { AgentEvent } from '#core/contracts/agent-protocol.ts'

/** What an agent really does, whatever its supervisor makes of it. Times in epoch milliseconds. */
export interface Agent {
  alive: boolean
  /** When it last did something, or began. */
  actAt: number
  /** When the tool call in flight last gave a sign. */
  toolAt: number | undefined
  /** When it last slept and asked again, where it did nothing else since. */
  pollAt: number | undefined
  /** When it was first started. */
  since: number
  /** What it has spent, US dollars, and since when. */
  usd: number
  usdAt: number
}

/** An agent that was not started yet. */
export const idleAgent = (): Agent => ({
  alive: false,
  actAt: 0,
  toolAt: undefined,
  pollAt: undefined,
  since: 0,
  usd: 0,
  usdAt: 0,
})

/** The agent's process is there, afresh or in its session. */
export const startAgent = (agent: Agent, observation: Observation, now: number): void => {
  const since = agent.since === 0 ? now : agent.since
  Object.assign(agent, { alive: true, since, actAt: now, toolAt: undefined, pollAt: undefined })
  arm(observation, now)
}

/** Things that agents do. */
export type Doing =
  | 'speaks'
  | 'starts a tool'
  | 'ends a tool'
  | 'polls'
  | 'is told to retry'
  | 'spends a little'
  | 'spends all'

/** An agent does something, and its supervisor hears of it. */
export const does = (agent: Agent, observation: Observation, what: Doing, now: number): void => {
  for (const event of EVENTS[what](agent)) observe(observation, event, now)
  switch (what) {
    case 'is told to retry':
      return
    case 'spends a little':
    case 'spends all':
      agent.usd += USD[what]
      agent.usdAt = now
      return
    case 'polls':
      if (agent.pollAt === undefined) agent.actAt = now
      if (agent.toolAt !== undefined) agent.toolAt = now
      agent.pollAt = now
      return
    case 'speaks':
    case 'starts a tool':
    case 'ends a tool':
      Object.assign(agent, { pollAt: undefined, actAt: now, toolAt: toolAt(agent, what, now) })
  }
}

const toolAt = (agent: Agent, what: Doing, now: number): number | undefined => {
  if (what === 'ends a tool') return undefined
  return what === 'starts a tool' || agent.toolAt !== undefined ? now : undefined
}

const USD = { 'spends a little': 3, 'spends all': 20 } as const

const EVENTS: Record<Doing, (agent: Agent) => AgentEvent[]> = {
  speaks: () => [{ type: 'text', text: 'I go on.' }],
  'starts a tool': () => [{ type: 'tool_start', id: 'tool', name: 'make', summary: 'all' }],
  'ends a tool': () => [{ type: 'tool_end', id: 'tool', ok: true }],
  'is told to retry': () => [{ type: 'retry', status: 529 }],
  polls: () =>
    ['sleep 5', 'cat state', 'sleep 5', 'cat state'].flatMap((summary, index): AgentEvent[] => [
      { type: 'tool_start', id: `poll-${index}`, name: 'sh', summary },
      { type: 'tool_end', id: `poll-${index}`, ok: true },
    ]),
  'spends a little': (agent) => [usage(agent.usd + USD['spends a little'])],
  'spends all': (agent) => [usage(agent.usd + USD['spends all'])],
}

const NO_TOKENS = {
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  reasoningTokens: 0,
}

const usage = (usd: number): AgentEvent => ({
  type: 'usage',
  usage: { model: { ...NO_TOKENS, usd } },
})
