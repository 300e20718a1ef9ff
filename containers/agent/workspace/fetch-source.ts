import type { Source } from '#core/contracts/project.ts'
import { Fault } from '#core/faults.ts'
import type { Git } from './git.ts'

/** Ref under which the origin's watched commit is kept in a workspace. */
export const ORIGIN_REF = 'refs/vigil/origin'

/**
 * Fetches a project's origin into a repository and answers what it points to. Nobody's own checkout
 * is touched: only committed history is read.
 */
export const fetchSource = async (
  git: Git,
  repo: string,
  source: Source,
): Promise<{ commit: string; branch: string }> => {
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
