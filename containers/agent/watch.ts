import type { AgentEvent } from '#core/contracts/agent-protocol.ts'
import type { Act } from '#core/contracts/attempt.ts'
import type { Usage } from '#core/contracts/usage.ts'
import { afterCall, NOT_WAITING, type Waiting } from '#core/decisions/busy-wait.ts'
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
  /** Why it cannot go on, as it said itself. */
  fault: Extract<AgentEvent, { type: 'fault' }> | undefined
  waiting: Waiting
  /** It was interrupted for its silence: not yet heard again, or heard (T5). */
  nudge: 'none' | 'unanswered' | 'answered'
}

/** An observation at the start of an attempt. */
export const newObservation = (now: number): Observation => ({
  watch: {
    stage: 'preparing',
    stageSince: now,
    commands: 0,
    progressAt: now,
    armed: false,
    pollAt: undefined,
    toolAt: undefined,
    beatAt: now,
  },
  tools: [],
  acts: [],
  usage: {},
  sessionId: undefined,
  permission: undefined,
  fault: undefined,
  waiting: NOT_WAITING,
  nudge: 'none',
})

/** Enters a stage: its clock starts now. */
export const enterStage = (
  observation: Observation,
  stage: Watch['stage'],
  now: number,
  commands = 0,
): void => {
  observation.watch = { ...observation.watch, stage, stageSince: now, commands }
  disarm(observation)
}

/** The agent's process is there: from now on its silence counts (T2). */
export const arm = (observation: Observation, now: number): void => {
  disarm(observation)
  observation.watch = { ...observation.watch, armed: true, progressAt: now }
}

/** Nobody is expected to speak. */
export const disarm = (observation: Observation): void => {
  observation.tools = []
  observation.waiting = NOT_WAITING
  observation.watch = { ...observation.watch, armed: false, pollAt: undefined, toolAt: undefined }
}

/** Takes in an event of the agent. Only what the agent itself does is progress (T3). */
export const observe = (observation: Observation, event: AgentEvent, now: number): void => {
  if (event.type === 'usage') observation.usage = { ...observation.usage, ...event.usage }
  if (event.type === 'session') observation.sessionId = event.id
  if (event.type === 'permission') observation.permission = event.tool
  if (event.type === 'fault') observation.fault = event
  if (NO_PROGRESS.includes(event.type)) return
  if (event.type === 'tool_start')
    observation.waiting = afterCall(observation.waiting, `${event.name} ${event.summary ?? ''}`)
  const polls = observation.waiting.polls > 0 && OF_TOOLS.includes(event.type)
  observation.tools = toolsAfter(observation.tools, event)
  const { progressAt, pollAt } = observation.watch
  observation.watch = {
    ...observation.watch,
    progressAt: polls ? progressAt : now,
    pollAt: !polls ? undefined : event.type === 'tool_start' ? now : pollAt,
    toolAt: observation.tools.length > 0 ? now : undefined,
  }
  if (observation.nudge === 'unanswered') observation.nudge = 'answered'
  const what = actOf(event)
  if (what)
    observation.acts = lastActs([...observation.acts, { at: new Date(now).toISOString(), what }])
}

const NO_PROGRESS: readonly AgentEvent['type'][] = ['retry', 'usage', 'permission', 'fault']
const OF_TOOLS: readonly AgentEvent['type'][] = ['tool_start', 'tool_output', 'tool_end']

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
