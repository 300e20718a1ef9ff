import { join } from 'node:path'
import picomatch from 'picomatch'
import type { AttemptRequest } from '#core/contracts/attempt-request.ts'
import type { Check } from '#core/contracts/plan.ts'
import type { CommandResult, Proof, ProvenCheck } from '#core/contracts/proof.ts'
import { judgeCheck } from '#core/decisions/judge-check.ts'
import type { AsAgent } from './processes/as-agent.ts'
import { runCommand } from './processes/run-command.ts'
import type { Folders } from './workspace/folders.ts'
import type { Git } from './workspace/git.ts'
import { rawBytes } from './workspace/new-repository.ts'
import type { Workspace } from './workspace/prepare.ts'

/** What a proof is made with. */
export interface ProofBench {
  readonly git: Git
  readonly folders: Folders
  readonly request: AttemptRequest
  readonly workspace: Workspace
  readonly env: Record<string, string>
  readonly signal: AbortSignal
  readonly asAgent: AsAgent
}

/**
 * The plane's own proof (E12): each check in clean clones at base, at head, and at head with the
 * check's files as at base. The plan's checks and the project's own. No agent, no credentials.
 */
export const prove = async (bench: ProofBench): Promise<Proof> => {
  const { baseCommit, head } = bench.workspace
  const base = await cleanClone(bench, 'base', baseCommit)
  const tip = await cleanClone(bench, 'head', head)
  const checks: ProvenCheck[] = []
  for (const check of bench.request.verification) {
    const atBase = await run(bench, base, check)
    const atHead = await run(bench, tip, check)
    const mixed = check.files.length > 0 ? await runWithBaseFiles(bench, check) : undefined
    checks.push({
      check,
      base: atBase,
      head: atHead,
      ...(mixed && { headWithBaseFiles: mixed }),
      verdict: judgeCheck(check, atBase, atHead, mixed),
    })
  }
  const good = (verdict: ProvenCheck['verdict']) => verdict === 'proved' || verdict === 'red_before'
  const proved =
    checks.some(({ verdict }) => verdict === 'proved') &&
    checks.every(({ verdict }) => good(verdict))
  return { baseCommit, headCommit: head, checks, proved }
}

const cleanClone = async (
  { git, folders, request, env, signal, asAgent }: ProofBench,
  name: string,
  commit: string,
): Promise<string> => {
  const folder = join(folders.proof, name)
  await git(folders.proof, 'clone', '--quiet', '--no-checkout', '--shared', folders.repo, name)
  await rawBytes(folder)
  await git(folder, 'checkout', '--quiet', '--detach', commit)
  if (request.setup !== undefined)
    await runCommand(request.setup, {
      cwd: folder,
      env,
      timeoutSeconds: request.clocks.prepare,
      signal,
      asAgent,
    })
  return folder
}

const run = (
  { env, request, signal, asAgent }: ProofBench,
  cwd: string,
  { command }: Check,
): Promise<CommandResult> =>
  runCommand(command, { cwd, env, timeoutSeconds: request.clocks.verify, signal, asAgent })

/** Files that the check consists of are put back to what they were at base, or removed. */
const runWithBaseFiles = async (bench: ProofBench, check: Check): Promise<CommandResult> => {
  const { git, workspace } = bench
  const folder = await cleanClone(
    bench,
    `mixed-${bench.request.verification.indexOf(check)}`,
    workspace.head,
  )
  const matches = picomatch(check.files, { dot: true })
  const listed = async (commit: string) =>
    (await git(folder, 'ls-tree', '-r', '-z', '--name-only', commit))
      .split('\0')
      .filter((file) => matches(file))
  const atBase = await listed(workspace.baseCommit)
  const added = (await listed(workspace.head)).filter((file) => !atBase.includes(file))
  for (const file of atBase)
    await git(folder, 'checkout', workspace.baseCommit, '--', `:(literal)${file}`)
  for (const file of added) await git(folder, 'rm', '--quiet', '--', `:(literal)${file}`)
  return run(bench, folder, check)
}
