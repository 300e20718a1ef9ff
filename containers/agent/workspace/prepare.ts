import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { AttemptRequest, WorkspaceOrigin } from '#core/contracts/attempt-request.ts'
import type { RepositoryFacts } from '#core/contracts/attempt-result.ts'
import { Fault } from '#core/faults.ts'
import type { Bucket } from '#functions/store/bucket.ts'
import { fetchBundle } from './bundle.ts'
import { fetchSource, ORIGIN_REF, seenCommit } from './fetch-source.ts'
import type { Folders } from './folders.ts'
import type { Git } from './git.ts'
import { newRepository } from './new-repository.ts'

/** A workspace that is ready: the commit it stands on, and what its origin was seen to be. */
export interface Workspace {
  readonly baseCommit: string
  readonly head: string
  readonly repository?: RepositoryFacts
}

/** Builds the workspace of an attempt: from the origin, or from the cycle's bundles (C1). */
export const prepare = async (
  git: Git,
  bucket: Bucket,
  folders: Folders,
  request: AttemptRequest,
): Promise<Workspace> => {
  const { repo } = folders
  await newRepository(git, repo, await someCommit(git, folders, request))
  const seen = request.source && (await fetchSource(git, repo, request.source))
  const { origin } = request
  if (origin.kind === 'source') {
    const { commit } = seen ?? (await fetchSource(git, repo, origin.source))
    await git(repo, 'checkout', '--quiet', '--force', '--detach', commit)
  } else await checkOutCycle(git, bucket, folders, origin)
  const head = await git(repo, 'rev-parse', 'HEAD')
  const baseCommit = origin.kind === 'cycle' ? origin.baseCommit : head
  if (!seen) return { baseCommit, head }
  const repository = {
    originHead: seen.commit,
    branch: seen.branch,
    baseIsAncestor: await isAncestor(git, repo, baseCommit),
    notes: await notesOn(git, repo),
  }
  return { baseCommit, head, repository }
}

/** Any commit that the workspace will hold: that of the base, or what the source says it has. */
const someCommit = async (
  git: Git,
  { own }: Folders,
  { origin }: AttemptRequest,
): Promise<string> => {
  if (origin.kind === 'cycle') return origin.baseCommit
  if (origin.source.strategy === 'copy') return ''
  return (await seenCommit(git, own, origin.source)) ?? ''
}

const checkOutCycle = async (
  git: Git,
  bucket: Bucket,
  folders: Folders,
  origin: Extract<WorkspaceOrigin, { kind: 'cycle' }>,
): Promise<void> => {
  const { repo } = folders
  await fetchBundle(git, bucket, folders, origin.baseKey)
  if (origin.head) await fetchBundle(git, bucket, folders, origin.head.key)
  if (origin.workTree && origin.workTree.key !== origin.head?.key)
    await fetchBundle(git, bucket, folders, origin.workTree.key)
  const head = origin.head?.commit ?? origin.baseCommit
  try {
    await git(repo, 'checkout', '--quiet', '--force', '-B', origin.branch, head)
    if (!origin.workTree) return
    await git(repo, 'read-tree', '--reset', '-u', origin.workTree.commit)
    await git(repo, 'reset', '--quiet')
  } catch (error) {
    throw new Fault('workspace.missing', `${head} is not in the bundles`, { cause: error })
  }
}

const isAncestor = async (git: Git, repo: string, commit: string): Promise<boolean> => {
  try {
    await git(repo, 'merge-base', '--is-ancestor', commit, ORIGIN_REF)
    return true
  } catch {
    return false
  }
}

/** What is there and not supported in full: said, never silently left out (C3). */
const notesOn = async (git: Git, repo: string): Promise<string[]> => {
  const submodules = await access(join(repo, '.gitmodules')).then(
    () => true,
    () => false,
  )
  const lfs = await git(repo, 'grep', '-l', 'filter=lfs', '--', '*.gitattributes').catch(() => '')
  return [
    ...(submodules ? ['submodules are left empty'] : []),
    ...(lfs === '' ? [] : ['files of Git LFS are left as pointers']),
  ]
}
