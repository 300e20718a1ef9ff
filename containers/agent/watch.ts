import type { AgentEvent } from '#core/contracts/agent-protocol.ts'
import type { Act } from '#core/contracts/attempt.ts'
import type { Usage } from '#core/contracts/usage.ts'
import type { Watch } from '#core/decisions/expired-clock.ts'

/** What the supervisor knows of the attempt at this moment; the clocks and the beats read it. */
export interface Observation {
  watch: Watch
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
  const { watch } = observation
  if (event.type === 'usage') observation.usage = { ...observation.usage, ...event.usage }
  if (event.type === 'session') observation.sessionId = event.id
  if (event.type === 'permission') observation.permission = event.tool
  if (event.type === 'retry' || event.type === 'usage') return
  const toolAt = event.type === 'tool_start' ? now : event.type === 'tool_output' ? now : undefined
  const inFlight = event.type === 'tool_end' ? undefined : (toolAt ?? (watch.toolAt && now))
  observation.watch = { ...watch, progressAt: now, toolAt: inFlight }
  const what = actOf(event)
  if (what)
    observation.acts = [...observation.acts, { at: new Date(now).toISOString(), what }].slice(-ACTS)
}

/** Acts that a beat carries: with 200 characters each they stay under 4 KB (M1). */
const ACTS = 10

const actOf = (event: AgentEvent): string | undefined => {
  if (event.type === 'text') return event.text.trim().slice(0, 200) || undefined
  if (event.type === 'tool_start')
    return `${event.name} ${event.summary ?? ''}`.trim().slice(0, 200)
  return undefined
}
