import type { AgentRequest } from '#core/contracts/agent-request.ts'
import type { AttemptResult } from '#core/contracts/attempt-result.ts'
import { CODING_PHASES } from '#core/contracts/phase.ts'
import { Fault, type FaultClass } from '#core/faults.ts'
import { type AgentSession, agentSession } from './agent-session.ts'
import type { Bench } from './bench.ts'
import type { Submissions } from './contract-tools/accept.ts'
import { readOutbox } from './outbox.ts'
import { askAgain, nudge } from './prompt.ts'
import { chooseRuntime } from './runtimes/choose-runtime.ts'
import type { AgentExit, Runtime } from './runtimes/runtime.ts'
import { saveWorkRegularly } from './save-work.ts'
import { tell } from './tell.ts'
import { enterStage } from './watch.ts'

/** What an agent's process came to. */
export interface AgentTurn {
  readonly submissions: Submissions
  readonly exit: AgentExit
  readonly notes: AttemptResult['notes']
}

/**
 * Runs the agent and reads what it handed in. Throws the class of its failure; a valid completion
 * beats a non-zero exit, which is noted (T14).
 */
export const agentTurn = async (bench: Bench): Promise<AgentTurn> => {
  const { request, observation, worker } = bench
  const runtime = chooseRuntime(request.agent)
  enterStage(observation, 'working', worker.store.now())
  const saving = CODING_PHASES.includes(request.phase) ? saveWorkRegularly(bench) : undefined
  const { session, submissions, fault, asked } = await sessions(bench, runtime)
  await Promise.all([saving?.stop(), bench.transcript.end(), bench.stderr.end()])
  const { exit, strays } = session
  if (!submissions.completion)
    throw new Fault(missing(fault, submissions), whyOf(submissions, exit))
  return {
    submissions,
    exit,
    notes: [
      ...(asked ? ['it was asked once more for complete_turn'] : []),
      ...(fault === undefined ? [] : [`the agent ended as ${fault}, with a valid completion`]),
      ...(strays > 0 ? [`${strays} processes of the agent outlived it and were killed`] : []),
      ...submissions.refused.map(({ tool, because }) => `${tool} was refused: ${because}`),
    ],
  }
}

interface Ended {
  readonly session: AgentSession
  readonly submissions: Submissions
  /** Its class, where the last process of it failed. */
  readonly fault: FaultClass | undefined
  readonly asked: boolean
}

/**
 * Runs the agent, and again in the same session where it went silent for the first time (T5), or
 * ended without a valid completion (T15): each once.
 */
const sessions = async (bench: Bench, runtime: Runtime): Promise<Ended> => {
  const { request, observation, folders, worker } = bench
  let resume: AgentRequest['resume']
  let asked = false
  for (;;) {
    const session = await agentSession(bench, runtime, resume)
    const { sessionId } = observation
    const submissions = await readOutbox(folders.outbox, request)
    const fault = faultOf(bench, session)
    const nudged = observation.nudge === 'unanswered' && session.interrupted !== undefined
    const mayAsk = fault === undefined && !asked && runtime.capabilities.resume
    const again = submissions.completion === undefined && (nudged || mayAsk)
    if (!again || sessionId === undefined) return { session, submissions, fault, asked }
    if (nudged) await tell(worker, request, 'attempt.nudged', { class: session.interrupted })
    else asked = true
    const message = nudged ? nudge() : askAgain(whyOf(submissions, session.exit))
    resume = { sessionId, message }
  }
}

/** What the agent asked for or said by type counts for more than how its process ended. */
const faultOf = (
  { observation }: Bench,
  { reader, exit, interrupted }: AgentSession,
): FaultClass | undefined =>
  observation.permission !== undefined
    ? 'agent.permission'
    : (observation.fault?.class ?? interrupted ?? reader.settle(exit))

const missing = (fault: FaultClass | undefined, { refused }: Submissions): FaultClass => {
  if (fault !== undefined) return fault
  const bad = refused.some(({ tool }) => tool === 'complete_turn')
  return bad ? 'agent.bad_completion' : 'agent.no_completion'
}

const whyOf = ({ refused }: Submissions, { code, signal }: AgentExit): string =>
  [
    `the agent ended with ${signal ?? `exit code ${code}`} and no valid complete_turn`,
    ...refused.map(({ tool, because }) => `${tool}: ${because}`),
  ].join('; ')
