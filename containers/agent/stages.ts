import { CODING_PHASES } from '#core/contracts/phase.ts'
import type { CommandResult } from '#core/contracts/proof.ts'
import { Fault } from '#core/faults.ts'
import { attemptKeys } from '#functions/store/keys.ts'
import { type AgentTurn, agentTurn } from './agent-turn.ts'
import { type Bench, suspectsOf } from './bench.ts'
import { NO_OUTCOME, type Outcome } from './outcome.ts'
import { killAll } from './processes/kill-all.ts'
import { runCommand } from './processes/run-command.ts'
import { prove } from './prove.ts'
import { saveWork } from './save-work.ts'
import { enterStage } from './watch.ts'
import { storeBundle } from './workspace/bundle.ts'
import { commitAll } from './workspace/checkpoint.ts'
import { diffStat } from './workspace/diff.ts'
import { ORIGIN_REF } from './workspace/fetch-source.ts'
import { ofWorkspace } from './workspace/git.ts'
import { prepare, type Workspace } from './workspace/prepare.ts'

/**
 * Prepares the workspace and does the phase's work, stage by stage. What its commands left running is
 * dead when it answers. Throws faults.
 */
export const runStages = async (bench: Bench): Promise<Outcome> => {
  const { worker, request, git, folders } = bench
  bench.workspace = await prepare(git, worker.store.bucket, folders, request)
  await setUp(bench)
  if (request.phase === 'prove') return proof(bench, bench.workspace)
  const turn = await agentTurn(bench)
  const look = CODING_PHASES.includes(request.phase) ? coded : looked
  const outcome = await look(bench, bench.workspace, turn).catch((error: unknown) => {
    throw ofWorkspace(error)
  })
  const { completion, plan, report, findings, closed, summaries } = turn.submissions
  return {
    ...outcome,
    ...(completion && { completion }),
    ...(plan && { plan }),
    ...(report && { report }),
    findings,
    closed,
    summaries,
    exit: turn.exit,
    notes: [...turn.notes, ...outcome.notes],
  }
}

const setUp = async ({ request, folders, env, signal, asAgent }: Bench): Promise<void> => {
  if (request.setup === undefined) return
  const timeoutSeconds = request.clocks.prepare
  const result = await runCommand(request.setup, {
    cwd: folders.repo,
    env,
    timeoutSeconds,
    signal,
    asAgent,
  })
  if (result.exit !== 0) throw new Fault('workspace.setup', result.tail.slice(-400))
}

const proof = async (bench: Bench, workspace: Workspace): Promise<Outcome> => {
  const { request, git, folders, observation, worker } = bench
  const commands = request.verification.length * 3
  enterStage(observation, 'verifying', worker.store.now(), commands)
  const made = await prove({ ...bench, workspace })
  await killAll(suspectsOf(bench))
  const diff = await diffStat(git, folders.repo, workspace.baseCommit, workspace.head)
  return { ...NO_OUTCOME, proof: made, diff }
}

/** A coding turn: its work is committed first, so that verification cannot add to it (E2). */
const coded = async (bench: Bench, workspace: Workspace, turn: AgentTurn): Promise<Outcome> => {
  const { request, git, folders, observation, worker } = bench
  const title = request.work.plan?.title ?? 'Work of an agent'
  const message = `${title}\n\n${turn.submissions.completion?.summary ?? ''}`
  const commit = await commitAll(git, folders.repo, request, workspace.baseCommit, message)
  const saved = await saveWork(bench)
  const diff = await diffStat(git, folders.repo, workspace.baseCommit, commit)
  enterStage(observation, 'verifying', worker.store.now(), request.verification.length)
  const verification = await verify(bench)
  await killAll(suspectsOf(bench))
  return {
    ...NO_OUTCOME,
    verification,
    diff,
    ...(saved && { head: { commit, key: saved.key } }),
  }
}

const verify = async ({
  request,
  folders,
  env,
  signal,
  asAgent,
}: Bench): Promise<CommandResult[]> => {
  const results: CommandResult[] = []
  for (const { command } of request.verification)
    results.push(
      await runCommand(command, {
        cwd: folders.repo,
        env,
        timeoutSeconds: request.clocks.verify,
        signal,
        asAgent,
      }),
    )
  return results
}

/** A phase that may only look: what it changed is thrown away, and said (D4, E9). */
const looked = async (bench: Bench, workspace: Workspace, turn: AgentTurn): Promise<Outcome> => {
  const { git, folders } = bench
  const status = await git(folders.repo, 'status', ...AS_IT_IS)
  const treeChanged = status
    .split('\0')
    .filter(Boolean)
    .map((line) => line.slice(3))
    .slice(0, 50)
  const head = await git(folders.repo, 'rev-parse', 'HEAD')
  const moved = head === workspace.head ? [] : ['it made commits, which were thrown away']
  const seen = workspace.repository
  const repository = seen && turn.submissions.plan ? await withBase(bench, seen) : seen
  return {
    ...NO_OUTCOME,
    treeChanged,
    notes: moved,
    ...(repository && { repository }),
  }
}

/** One path a row, whatever the agent configured. */
const AS_IT_IS = ['--porcelain', '-z', '--no-renames', '--untracked-files=all']

/** The history that a plan is based on is kept, so that its cycle outlives the origin (C2). */
const withBase = async (
  { worker, request, git, folders }: Bench,
  repository: NonNullable<Workspace['repository']>,
): Promise<NonNullable<Workspace['repository']>> => {
  const key = attemptKeys(request.attemptId).base
  await storeBundle(git, worker.store.bucket, folders, key, [ORIGIN_REF])
  return { ...repository, baseKey: key }
}
