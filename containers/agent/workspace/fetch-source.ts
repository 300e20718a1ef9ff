import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Source } from '#core/contracts/project.ts'
import { Fault } from '#core/faults.ts'
import type { Git } from './git.ts'

/** Ref under which the origin's watched commit is kept in a workspace. */
export const ORIGIN_REF = 'refs/vigil/origin'

/** What a project's origin was seen to point to. */
export interface Fetched {
  readonly commit: string
  /** `HEAD` when it is detached. */
  readonly branch: string
}

/**
 * Fetches a project's origin into a repository. Nobody's own checkout is touched: of a repository
 * only committed history is read, a folder that is none is read as it is (C3).
 */
export const fetchSource = (git: Git, repo: string, source: Source): Promise<Fetched> =>
  source.strategy === 'copy' ? copyFolder(git, repo, source) : fetchRepository(git, repo, source)

/** What a repository's watched branch points to; undefined when it cannot be asked. */
export const seenCommit = async (
  git: Git,
  cwd: string,
  { location, branch }: Source,
): Promise<string | undefined> => {
  try {
    const refs = await git(cwd, 'ls-remote', '--', location, branch ?? 'HEAD')
    return /^[0-9a-f]+/.exec(refs)?.[0]
  } catch {
    return undefined
  }
}

const fetchRepository = async (git: Git, repo: string, source: Source): Promise<Fetched> => {
  const from = source.branch ?? 'HEAD'
  try {
    const head = await git(repo, 'ls-remote', '--symref', '--', source.location, from)
    const branch = source.branch ?? /^ref: refs\/heads\/(.+)\tHEAD$/m.exec(head)?.[1] ?? 'HEAD'
    await git(
      repo,
      'fetch',
      '--quiet',
      '--no-tags',
      '--',
      source.location,
      `+${from}:${ORIGIN_REF}`,
    )
    return { commit: await git(repo, 'rev-parse', ORIGIN_REF), branch }
  } catch (error) {
    throw new Fault('workspace.clone', `${source.location} could not be fetched`, { cause: error })
  }
}

/**
 * One commit of the folder's files, ignored ones left out. Author and date are fixed, so that the
 * same files are the same commit.
 */
const copyFolder = async (git: Git, repo: string, { location }: Source): Promise<Fetched> => {
  try {
    await git(location, `--git-dir=${join(repo, '.git')}`, '--work-tree=.', 'add', '--all', '.')
    const bytes = await stagedBytes(git, repo)
    if (bytes > COPY_MAX_BYTES)
      throw new Fault('workspace.too_large', `${location} has ${bytes} bytes of ${COPY_MAX_BYTES}`)
    const file = join(repo, '.git', 'copy-commit')
    await writeFile(file, commitText(await git(repo, 'write-tree')))
    const commit = await git(repo, 'hash-object', '-t', 'commit', '-w', file)
    await git(repo, 'update-ref', ORIGIN_REF, commit)
    return { commit, branch: 'HEAD' }
  } catch (error) {
    if (error instanceof Fault) throw error
    throw new Fault('workspace.clone', `${location} could not be copied`, { cause: error })
  }
}

const commitText = (tree: string): string =>
  [`tree ${tree}`, `author ${NOBODY}`, `committer ${NOBODY}`, '', 'Copy of a folder', ''].join('\n')

const NOBODY = 'Vigil <vigil@vigil.invalid> 0 +0000'

/** Most bytes of a folder that is copied (C3: `copyMaxBytes`). */
const COPY_MAX_BYTES = 1024 ** 3

const stagedBytes = async (git: Git, repo: string): Promise<number> => {
  const tree = await git(repo, 'write-tree')
  const rows = await git(repo, 'ls-tree', '-r', '-l', '-z', tree)
  const sizes = rows.split('\0').map((row) => Number(row.split(/\s+/)[3] ?? 0))
  return sizes.reduce((sum, size) => sum + (Number.isFinite(size) ? size : 0), 0)
}
