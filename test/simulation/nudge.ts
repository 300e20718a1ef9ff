import { tell } from '#containers/agent/tell.ts'
import { disarm } from '#containers/agent/watch.ts'
import type { Worker } from '#containers/agent/worker.ts'
import type { FaultClass } from '#core/faults.ts'
import { startAgent } from './agent.ts'
import type { PlaneClock } from './plane-clock.ts'
import { LOOK_SECONDS, type Supervisor } from './supervisor.ts'

/**
 * How a supervisor interrupts a silent agent (T5): once, where the runtime resumes and the session is
 * known; it is back after a moment. Answers false where the agent is to be killed.
 */
export const nudgeOf = (
  self: Supervisor,
  worker: Worker,
  clock: PlaneClock,
  resumes: boolean,
): ((fault: FaultClass) => boolean) => {
  let interrupted = false
  return (fault) => {
    const { observation, agent, request } = self
    if (!SILENCE.includes(fault) || !request) return false
    if (interrupted) return true
    const goesOn = resumes && observation.sessionId !== undefined && observation.nudge === 'none'
    if (!goesOn) return false
    interrupted = true
    observation.nudge = 'unanswered'
    disarm(observation)
    void tell(worker, request, 'attempt.nudged', { class: fault })
    clock.later(LOOK_SECONDS, () => {
      interrupted = false
      if (!self.over) startAgent(agent, observation, clock.now())
    })
    return true
  }
}

const SILENCE: readonly FaultClass[] = ['stall.progress', 'stall.tool']
