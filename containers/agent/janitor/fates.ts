import { git, words } from './git.ts'

/**
 * Follows deleted paths through their renames to files that are there now, one walk of the history
 * for a generation of renames. A path that was never tracked is left out; a deleted one has none.
 */
export async function readFates(
  root: string,
  paths: readonly string[],
  files: ReadonlySet<string>,
): Promise<Map<string, string[]>> {
  const steps = await readSteps(root, paths, files)
  return new Map(
    paths
      .filter((path) => steps.has(path))
      .map((path) => [path, [...heirs(path, steps, files, new Set())]]),
  )
}

/** Lists the paths with one of these base names that a commit deleted. */
export async function deletedOfName(root: string, names: readonly string[]): Promise<string[]> {
  const escaped = names.map((name) => name.replace(/[*?[\]\\]/g, String.raw`\$&`))
  const specs = escaped.map((name) => `:(top,glob)**/${name}`)
  const deletions =
    specs.length > 0 ? await readDeletions(root, specs) : new Map<string, string[]>()
  return [...new Set([...deletions.values()].flat())]
}

/** What each path that once was deleted became in that commit. */
type Steps = Map<string, string[]>

const MOST_RENAMES_IN_A_ROW = 8
/** Git's own 50 % takes two files of one template for the same. */
const SIMILARITY = '60%'

async function readSteps(root: string, paths: readonly string[], files: ReadonlySet<string>) {
  const steps: Steps = new Map()
  let open = paths
  for (let round = 0; open.length > 0 && round < MOST_RENAMES_IN_A_ROW; round++) {
    const next = new Set<string>()
    const specs = open.map((path) => `:(top,literal)${path}`)
    for (const [commit, deleted] of await readDeletions(root, specs)) {
      const gone = open.filter((path) => !steps.has(path) && isAmong(path, deleted))
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

/** The commits that deleted what the pathspecs name, newest first, with the paths. */
async function readDeletions(root: string, specs: readonly string[]) {
  const listing = await git(root, [
    ...['log', '--no-renames', '--no-show-signature', '--diff-filter=D', '--name-only', '-z'],
    ...['--format=commit:%H', '--', ...specs],
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

function heirs(
  path: string,
  steps: Steps,
  files: ReadonlySet<string>,
  seen: Set<string>,
): Set<string> {
  if (seen.has(path)) return new Set()
  seen.add(path)
  const found = (steps.get(path) ?? []).map((heir) =>
    files.has(heir) ? new Set([heir]) : heirs(heir, steps, files, seen),
  )
  return new Set(found.flatMap((set) => [...set]))
}
