import type { AttemptResult } from '#core/contracts/attempt-result.ts'
import type { Git } from './git.ts'

/** What changed between two commits: files, lines in and out. Binary files count no lines. */
export const diffStat = async (
  git: Git,
  repo: string,
  base: string,
  head: string,
): Promise<NonNullable<AttemptResult['diff']>> => {
  const text = await git(repo, 'diff', '--numstat', '-z', '--no-renames', base, head)
  const rows = text
    .split('\0')
    .filter(Boolean)
    .map((row) => row.split('\t'))
  const sum = (column: number) => rows.reduce((total, row) => total + (Number(row[column]) || 0), 0)
  const files = rows.map((row) => row.slice(2).join('\t')) // A name may have tabs.
  return { files, insertions: sum(0), deletions: sum(1) }
}
