import type { AgentEvent } from '#core/contracts/agent-protocol.ts'
import type { Act } from '#core/contracts/attempt.ts'
import type { Usage } from '#core/contracts/usage.ts'
import type { Watch } from '#core/decisions/expired-clock.ts'

/** What the supervisor knows of the attempt at this moment; the clocks and the beats read it. */
export interface Observation {
  watch: Watch
  /** Ids of the tool calls in flight. */
  tools: readonly string[]
  acts: Act[]
  usage: Usage
  sessionId: string | undefined
  /** Asked for a permission that nobody can give. */
  permission: string | undefined
}

/** An observation at the start of an attempt. */
export const newObservation = (now: number): Observation => ({
  watch: {
    stage: 'preparing',
    stageSince: now,
    commands: 0,
    progressAt: now,
    toolAt: undefined,
    beatAt: now,
  },
  tools: [],
  acts: [],
  usage: {},
  sessionId: undefined,
  permission: undefined,
})

/** Enters a stage: its clock starts now. */
export const enterStage = (
  observation: Observation,
  stage: Watch['stage'],
  now: number,
  commands = 0,
): void => {
  observation.tools = []
  observation.watch = {
    ...observation.watch,
    stage,
    stageSince: now,
    commands,
    progressAt: now,
    toolAt: undefined,
  }
}

/** Takes in an event of the agent. Only what the agent itself does is progress (T3). */
export const observe = (observation: Observation, event: AgentEvent, now: number): void => {
  if (event.type === 'usage') observation.usage = { ...observation.usage, ...event.usage }
  if (event.type === 'session') observation.sessionId = event.id
  if (event.type === 'permission') observation.permission = event.tool
  if (event.type === 'retry' || event.type === 'usage' || event.type === 'permission') return
  observation.tools = toolsAfter(observation.tools, event)
  const toolAt = observation.tools.length > 0 ? now : undefined
  observation.watch = { ...observation.watch, progressAt: now, toolAt }
  const what = actOf(event)
  if (what)
    observation.acts = lastActs([...observation.acts, { at: new Date(now).toISOString(), what }])
}

/** Calls run side by side: one that ends leaves the others in flight. */
const toolsAfter = (tools: readonly string[], event: AgentEvent): readonly string[] => {
  if (event.type === 'tool_end') return tools.filter((id) => id !== event.id)
  if (event.type !== 'tool_start' && event.type !== 'tool_output') return tools
  return tools.includes(event.id) ? tools : [...tools, event.id].slice(-TOOLS_MAX)
}

const TOOLS_MAX = 100

/** The newest acts that a beat has room for (M1). */
const lastActs = (acts: Act[]): Act[] => {
  const last = acts.slice(-ACTS_MAX)
  while (Buffer.byteLength(JSON.stringify(last)) > ACTS_MAX_BYTES) last.shift()
  return last
}

const ACTS_MAX = 10
const ACTS_MAX_BYTES = 4_096

const actOf = (event: AgentEvent): string | undefined => {
  if (event.type === 'text') return oneAct(event.text)
  if (event.type === 'tool_start') return oneAct(`${event.name} ${event.summary ?? ''}`)
  return undefined
}

/** Half of a character, as a cut may leave it, is no text that a table takes. */
const oneAct = (text: string): string | undefined =>
  text.trim().slice(0, 200).toWellFormed() || undefined
