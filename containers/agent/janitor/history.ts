import { git, words } from './git.ts'

/**
 * What git's history says of a path that is not there: renamed (to files that are there now),
 * deleted, never tracked, or unknown because the history is cut short or took too long to read.
 */
export type History =
  | { kind: 'renamed'; to: string[] }
  | { kind: 'deleted' }
  | { kind: 'never' }
  | { kind: 'unknown' }

/** Looks up what became of missing paths: one walk of the history for a generation of renames. */
export async function readHistory(
  root: string,
  missing: readonly string[],
  files: ReadonlySet<string>,
): Promise<Map<string, History>> {
  try {
    const asked = new Set(missing.slice(0, MOST_PATHS))
    const steps = await readSteps(root, [...asked], files)
    const isShallow = (await git(root, ['rev-parse', '--is-shallow-repository'])).trim() === 'true'
    const untold: History = isShallow ? { kind: 'unknown' } : { kind: 'never' }
    return new Map(missing.map((path) => [path, tell(path)]))

    function tell(path: string): History {
      if (!asked.has(path)) return { kind: 'unknown' }
      if (!steps.has(path)) return untold
      const to = [...successors(path, steps, files, new Set())]
      return to.length > 0 ? { kind: 'renamed', to } : { kind: 'deleted' }
    }
  } catch {
    return new Map(missing.map((path) => [path, { kind: 'unknown' }]))
  }
}

/** What each path that once was deleted became in that commit. */
type Steps = Map<string, string[]>

const MOST_RENAMES_IN_A_ROW = 8
/** Pathspecs are arguments, and those have a limit. */
const MOST_PATHS = 500
/** Git's own 50 % takes two files of one template for the same. */
const SIMILARITY = '60%'

async function readSteps(root: string, missing: readonly string[], files: ReadonlySet<string>) {
  const steps: Steps = new Map()
  let open = missing
  for (let round = 0; open.length > 0 && round < MOST_RENAMES_IN_A_ROW; round++) {
    const next = new Set<string>()
    for (const [commit, paths] of await readDeletions(root, open)) {
      const gone = open.filter((path) => !steps.has(path) && isAmong(path, paths))
      const renames = gone.length > 0 ? await readRenames(root, commit) : new Map()
      for (const path of gone) {
        const to: string[] = renames.get(path) ?? []
        steps.set(path, to)
        for (const heir of to) if (!files.has(heir) && !steps.has(heir)) next.add(heir)
      }
    }
    open = [...next]
  }
  return steps
}

/** The newest commits that deleted the paths, newest first. */
async function readDeletions(root: string, paths: readonly string[]) {
  const listing = await git(root, [
    ...['--literal-pathspecs', 'log', '--no-renames', '--diff-filter=D', '--name-only', '-z'],
    ...['--format=commit:%H', '--', ...paths],
  ])
  const deletions = new Map<string, string[]>()
  let commit: string[] = []
  for (const word of words(listing)) {
    const hash = /^commit:([0-9a-f]{40,})$/.exec(word.trim())?.[1]
    if (hash === undefined) commit.push(word.replace(/^\n/, ''))
    else {
      commit = []
      deletions.set(hash, commit)
    }
  }
  return deletions
}

/** A folder is gone with the last file in it; what became of it is not looked into. */
function isAmong(path: string, deleted: readonly string[]): boolean {
  return deleted.some((it) => it === path || it.startsWith(`${path}/`))
}

async function readRenames(root: string, commit: string) {
  const renames = new Map<string, string[]>()
  const listing = words(
    await git(root, [
      ...['diff-tree', '-r', '--root', '--no-commit-id', '-z', '--name-status'],
      ...[`--find-copies=${SIMILARITY}`, '-l2000', commit],
    ]),
  )
  for (let at = 0; at < listing.length; ) {
    const status = listing[at++] ?? ''
    const from = listing[at++] ?? ''
    if (!/^[RC]/.test(status)) continue
    const to = listing[at++] ?? ''
    renames.set(from, [...(renames.get(from) ?? []), to])
  }
  return renames
}

function successors(
  path: string,
  steps: Steps,
  files: ReadonlySet<string>,
  seen: Set<string>,
): Set<string> {
  if (seen.has(path)) return new Set()
  seen.add(path)
  const heirs = (steps.get(path) ?? []).map((heir) =>
    files.has(heir) ? new Set([heir]) : successors(heir, steps, files, seen),
  )
  return new Set(heirs.flatMap((set) => [...set]))
}
