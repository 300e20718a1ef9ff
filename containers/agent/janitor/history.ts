import { posix } from 'node:path'
import { deletedOfName, readFates } from './fates.ts'
import { git } from './git.ts'

/**
 * What git's history says of a path that is not there: renamed (to files that are there now),
 * deleted, never tracked, or unknown because the history is cut short or took too long to read.
 * One that was never there may have namesakes that once were elsewhere: each one's heirs are
 * given, none for a deleted one.
 */
export type History =
  | { kind: 'renamed'; to: string[] }
  | { kind: 'deleted' }
  | { kind: 'never'; namesakes: string[][] }
  | { kind: 'unknown' }

/** Looks up what became of missing paths and of their namesakes, for the first 500 of them. */
export async function readHistory(
  root: string,
  missing: readonly string[],
  files: ReadonlySet<string>,
): Promise<Map<string, History>> {
  const asked = missing.slice(0, MOST_PATHS)
  try {
    const fates = await readFates(root, asked, files)
    const told = asked.flatMap((path): [string, History][] => {
      const to = fates.get(path)
      if (!to) return []
      return [[path, to.length > 0 ? { kind: 'renamed', to } : { kind: 'deleted' }]]
    })
    if (await isShallow(root)) return new Map(told)
    const untold = asked.filter((path) => !fates.has(path))
    const namesakes = await readNamesakes(root, untold, files)
    const never = untold.map((path): [string, History] => [
      path,
      { kind: 'never', namesakes: namesakes.get(posix.basename(path)) ?? [] },
    ])
    return new Map([...told, ...never])
  } catch {
    // A path that the answer doesn't hold has an unknown history.
    return new Map()
  }
}

/** Pathspecs are arguments, and those have a limit. */
const MOST_PATHS = 500

async function isShallow(root: string): Promise<boolean> {
  return (await git(root, ['rev-parse', '--is-shallow-repository'])).trim() === 'true'
}

async function readNamesakes(root: string, paths: readonly string[], files: ReadonlySet<string>) {
  const names = [...new Set(paths.map((path) => posix.basename(path)))]
  const gone = (await deletedOfName(root, names)).filter((path) => !files.has(path))
  const fates = await readFates(root, gone.slice(0, MOST_PATHS), files)
  // One that was not looked up counts as deleted, so that nothing is certain of its name.
  return new Map(
    names.map((name) => [
      name,
      gone.filter((it) => posix.basename(it) === name).map((it) => fates.get(it) ?? []),
    ]),
  )
}
