import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AgentRequest } from '#core/contracts/agent-request.ts'
import type { AttemptResult } from '#core/contracts/attempt-result.ts'
import { CODING_PHASES } from '#core/contracts/phase.ts'
import { Fault } from '#core/faults.ts'
import { agentKeys, requestVariables } from './agent-environment.ts'
import { type Bench, suspectsOf } from './bench.ts'
import { readOutbox, type Submissions } from './outbox.ts'
import { killAll } from './processes/kill-all.ts'
import { runAgentProcess } from './processes/run-agent.ts'
import { promptFor } from './prompt.ts'
import { chooseRuntime } from './runtimes/choose-runtime.ts'
import type { AgentExit } from './runtimes/runtime.ts'
import { saveWorkRegularly } from './save-work.ts'
import { enterStage, observe } from './watch.ts'

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
  const { request, folders, observation, worker } = bench
  const runtime = chooseRuntime(request.agent)
  const reader = runtime.reader()
  const own = agentRequest(bench)
  await writeFile(join(folders.root, 'request.json'), JSON.stringify(own))
  enterStage(observation, 'working', worker.store.now())
  const saving = CODING_PHASES.includes(request.phase) ? saveWorkRegularly(bench) : undefined
  let refused: Promise<unknown> | undefined // What is asked for, nobody can grant (T19).
  const exit = await runAgentProcess(runtime.command(own), {
    cwd: folders.repo,
    env: {
      ...bench.env,
      ...agentKeys(request, worker.environment),
      ...requestVariables(request, folders),
    },
    transcript: join(folders.root, 'transcript.jsonl'),
    stderr: join(folders.root, 'stderr.log'),
    asAgent: bench.asAgent,
    onStart: (pid) => {
      bench.group = pid
    },
    onLine: (line) => {
      for (const event of reader.parse(line)) observe(observation, event, worker.store.now())
      if (observation.permission !== undefined) refused ??= killAll(suspectsOf(bench))
    },
  })
  await Promise.all([saving?.stop(), refused])
  const strays = await killAll(suspectsOf(bench))
  bench.group = undefined // The number is free for others now.
  const submissions = await readOutbox(folders.outbox, request.nonce)
  const fault = reader.settle(exit)
  if (!submissions.completion)
    throw new Fault(missing(bench, submissions, fault), whyOf(submissions, exit))
  return {
    submissions,
    exit,
    notes: [
      ...(fault === undefined ? [] : [`the agent ended as ${fault}, with a valid completion`]),
      ...(strays > 0 ? [`${strays} processes of the agent outlived it and were killed`] : []),
      ...submissions.refused.map(({ tool, because }) => `${tool} was refused: ${because}`),
    ],
  }
}

const agentRequest = ({ request, folders }: Bench): AgentRequest => ({
  protocol: 1,
  runId: request.runId,
  turnId: request.turnId,
  attempt: request.number,
  phase: request.phase,
  nonce: request.nonce,
  workspace: folders.repo,
  outbox: folders.outbox,
  prompt: promptFor(request, folders.outbox),
  work: request.work,
  ...(request.restart && { restart: request.restart }),
  ...(request.model !== undefined && { model: request.model }),
  limits: {
    progressSeconds: request.clocks.progress,
    toolSeconds: request.clocks.tool,
    turnSeconds: request.clocks.turn,
    usd: request.usdLeft,
  },
})

const missing = (
  { observation }: Bench,
  submissions: Submissions,
  fault: Fault['code'] | undefined,
) => {
  if (observation.permission !== undefined) return 'agent.permission'
  if (fault !== undefined) return fault
  const bad = submissions.refused.some(({ tool }) => tool === 'complete_turn')
  return bad ? 'agent.bad_completion' : 'agent.no_completion'
}

const whyOf = ({ refused }: Submissions, { code, signal }: AgentExit): string =>
  [
    `the agent ended with ${signal ?? `exit code ${code}`} and no valid complete_turn`,
    ...refused.map(({ tool, because }) => `${tool}: ${because}`),
  ].join('; ')
