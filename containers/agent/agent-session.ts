import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AgentRequest } from '#core/contracts/agent-request.ts'
import type { FaultClass } from '#core/faults.ts'
import { agentKeys, REQUEST_FILE, requestVariables, toolsVariables } from './agent-environment.ts'
import { type Bench, suspectsOf } from './bench.ts'
import { hasCompleted } from './outbox.ts'
import { killAll } from './processes/kill-all.ts'
import { runAgentProcess } from './processes/run-agent.ts'
import { promptFor } from './prompt.ts'
import type { AgentExit, ContractTools, Reader, Runtime } from './runtimes/runtime.ts'
import { arm, disarm, type Observation, observe } from './watch.ts'

/** How one process of an agent came to its end. */
export interface AgentSession {
  readonly exit: AgentExit
  readonly reader: Reader
  /** The clock for which it was interrupted. */
  readonly interrupted: FaultClass | undefined
  /** Processes of it that outlived it, and were killed. */
  readonly strays: number
}

/** Runs an agent's process once, afresh or in its session, until nothing of it is left. */
export const agentSession = async (
  bench: Bench,
  runtime: Runtime,
  resume: AgentRequest['resume'],
): Promise<AgentSession> => {
  const { request, folders, observation, worker } = bench
  const own = agentRequest(bench, runtime.capabilities.mcp, resume)
  await writeFile(join(folders.root, REQUEST_FILE), JSON.stringify(own))
  const reader = runtime.reader(own)
  let interrupted: FaultClass | undefined
  let refused: Promise<unknown> | undefined // What is asked for, nobody can grant (T19).
  bench.nudge = (fault) => {
    if (!OVER.includes(fault)) return false
    if (interrupted !== undefined) return true
    const goesOn = canGoOn(runtime, observation) && SILENCE.includes(fault)
    if (!goesOn && !hasCompleted(folders.outbox)) return false
    interrupted = fault
    if (goesOn) observation.nudge = 'unanswered'
    disarm(observation)
    refused = killAll(suspectsOf(bench))
    return true
  }
  const exit = await runAgentProcess(runtime.command(own, contractTools(bench)), {
    cwd: folders.repo,
    env: {
      ...bench.env,
      ...agentKeys(request, worker.environment),
      ...requestVariables(request, folders),
    },
    transcript: bench.transcript,
    stderr: bench.stderr,
    asAgent: bench.asAgent,
    onStart: (pid) => {
      bench.group = pid
      arm(observation, worker.store.now())
    },
    onLine: (line) => {
      for (const event of reader.parse(line)) observe(observation, event, worker.store.now())
      if (observation.permission !== undefined) refused ??= killAll(suspectsOf(bench))
    },
  })
  bench.nudge = () => false
  disarm(observation)
  await refused
  const strays = await killAll(suspectsOf(bench))
  bench.group = undefined // The number is free for others now.
  return { exit, reader, interrupted, strays }
}

/** An agent that told its session is interrupted once, and goes on in it (T5). */
const canGoOn = ({ capabilities }: Runtime, { sessionId, nudge }: Observation): boolean =>
  capabilities.resume && sessionId !== undefined && nudge === 'none'

const SILENCE: readonly FaultClass[] = ['stall.progress', 'stall.tool']

/** Clocks under which one that has completed and does not end is ended, and not called dead. */
const OVER: readonly FaultClass[] = [...SILENCE, 'turn.timed_out']

/** The contract tools of this attempt, as the agent's own runtime starts them. */
const contractTools = ({ request, folders }: Bench): ContractTools => ({
  command: process.execPath,
  args: ['--disable-warning=ExperimentalWarning', TOOLS_MAIN],
  env: toolsVariables(request, folders),
})

const TOOLS_MAIN = fileURLToPath(import.meta.resolve('#containers/agent/contract-tools/main.ts'))

const agentRequest = (
  { request, folders }: Bench,
  mcp: boolean,
  resume: AgentRequest['resume'],
): AgentRequest => ({
  protocol: 1,
  runId: request.runId,
  turnId: request.turnId,
  attempt: request.number,
  phase: request.phase,
  nonce: request.nonce,
  workspace: folders.repo,
  outbox: folders.outbox,
  prompt: promptFor(request, folders.outbox, mcp),
  work: request.work,
  ...(request.restart && { restart: request.restart }),
  ...(request.model !== undefined && { model: request.model }),
  args: request.agentArgs,
  ...(resume && { resume }),
  limits: {
    progressSeconds: request.clocks.progress,
    toolSeconds: request.clocks.tool,
    turnSeconds: request.clocks.turn,
    usd: request.usdLeft,
  },
})
