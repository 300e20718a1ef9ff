import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { AttemptRequest } from '#core/contracts/attempt-request.ts'
import type { Bucket } from '#functions/store/bucket.ts'
import { attemptKeys } from '#functions/store/keys.ts'
import { storeBundle } from './bundle.ts'
import type { Folders } from './folders.ts'
import type { Git } from './git.ts'

/** Where a cycle's work stands: the tip of its branch and, while work is under way, its tree. */
export interface Checkpoint {
  readonly key: string
  readonly commit: string
  readonly workTree?: string
}

const HEAD_REF = 'refs/vigil/head'
const TREE_REF = 'refs/vigil/worktree'

/**
 * Commits everything that an agent left on the cycle's branch (C2), untracked files included and
 * ignored ones not. Its own commits are kept, unless they do not stand on the base: then only what
 * they came to is. Answers the new tip.
 */
export const commitAll = async (
  git: Git,
  repo: string,
  request: AttemptRequest,
  base: string,
  message: string,
): Promise<string> => {
  await rm(join(repo, '.git', 'index.lock'), { force: true }) // Of a git that was killed.
  await git(repo, 'add', '--all')
  if (!(await standsOn(git, repo, base))) await git(repo, 'reset', '--quiet', '--soft', base)
  const dirty = await git(repo, 'status', '--porcelain')
  if (dirty !== '')
    await git(repo, 'commit', '--quiet', '--no-verify', '-m', withTrailers(message, request))
  return git(repo, 'rev-parse', 'HEAD')
}

const standsOn = (git: Git, repo: string, base: string): Promise<boolean> =>
  git(repo, 'merge-base', '--is-ancestor', base, 'HEAD').then(
    () => true,
    () => false,
  )

/** Stores the branch's tip, and with `workTree` the uncommitted tree, as a bundle on the base. */
export const storeCheckpoint = async (
  git: Git,
  bucket: Bucket,
  folders: Folders,
  request: AttemptRequest,
  at: { base: string; number: number; workTree?: string | undefined },
): Promise<Checkpoint | undefined> => {
  const commit = await git(folders.repo, 'rev-parse', 'HEAD')
  const refs: string[] = []
  if (commit !== at.base) {
    await git(folders.repo, 'update-ref', HEAD_REF, commit)
    refs.push(HEAD_REF)
  }
  if (at.workTree !== undefined) {
    await git(folders.repo, 'update-ref', TREE_REF, at.workTree)
    refs.push(TREE_REF)
  }
  if (refs.length === 0) return undefined
  const key = attemptKeys(request.attemptId).checkpoint(at.number)
  await storeBundle(git, bucket, folders, key, refs, at.base)
  return { key, commit, ...(at.workTree !== undefined && { workTree: at.workTree }) }
}

/**
 * A commit of the tree as it is now, on no branch; undefined when it is as HEAD has it. `git` must
 * have an index file of its own: the agent's is left alone.
 */
export const snapshotTree = async (git: Git, repo: string): Promise<string | undefined> => {
  await git(repo, 'read-tree', 'HEAD')
  await git(repo, 'add', '--all')
  const tree = await git(repo, 'write-tree')
  if (tree === (await git(repo, 'rev-parse', 'HEAD^{tree}'))) return undefined
  return git(repo, 'commit-tree', tree, '-p', 'HEAD', '-m', 'Work in progress')
}

const withTrailers = (message: string, { runId, turnId, attemptId }: AttemptRequest): string =>
  `${message.replaceAll('\0', '')}\n\nVigil-Run: ${runId}\nVigil-Turn: ${turnId}\nVigil-Attempt: ${attemptId}\n`
