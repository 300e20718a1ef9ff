import { git, words } from './git.ts'
import type { Link } from './link.ts'
import { pageOf } from './page.ts'
import type { Pair } from './pair.ts'
import type { Repository } from './repository.ts'

/** Something that a change does which its plan does not. */
export type Violation = { title: string; detail: string; file?: string }

/** Looks for changes since the base commit that are more than the planned link destinations. */
export async function violationsSince(
  repository: Repository,
  pairs: readonly Pair[],
  base: string,
  runId: string,
): Promise<Violation[]> {
  const since = await startOfRun(repository.root, base, runId)
  const listing = words(
    await git(repository.root, [
      'diff',
      '--no-ext-diff',
      '--no-renames',
      '--name-status',
      '-z',
      since,
    ]),
  )
  const violations: Violation[] = []
  for (let at = 0; at + 1 < listing.length; at += 2) {
    const [status, file = ''] = listing.slice(at, at + 2)
    const because = status === 'M' ? await whyNotPlanned(repository, pairs, since, file) : status
    if (because !== undefined) {
      const detail = `Since ${since}: ${DETAILS[because] ?? because}.`
      violations.push({ title: `Unplanned change in ${file}`, detail, file })
    }
  }
  return violations
}

const DETAILS: Record<string, string> = {
  A: 'the file was added',
  D: 'the file was deleted',
  T: 'the file became another kind of file',
  U: 'the file is in conflict',
}

/** A cycle may hold other runs' work, so a run is judged from the last commit that isn't its own. */
async function startOfRun(root: string, base: string, runId: string): Promise<string> {
  const log = ['log', '-1', '--format=%H', '--fixed-strings', `--grep=${runId}`]
  const own = await git(root, [...log, `${base}..HEAD`])
  const others = own === '' ? '' : await git(root, [...log, '--invert-grep', `${base}..HEAD`])
  return others.trim() || base
}

async function whyNotPlanned(
  repository: Repository,
  pairs: readonly Pair[],
  since: string,
  file: string,
): Promise<string | undefined> {
  const now = repository.page(file)
  const before = pageOf(await git(repository.root, ['cat-file', '--filters', `${since}:${file}`]))
  if (!now || masked(before.text, before.links()) !== masked(now.text, now.links())) {
    return 'more was changed than link destinations'
  }
  const links = now.links()
  const unplanned = before.links().find(({ url }, index) => {
    const to = links[index]?.url
    return to !== url && !pairs.some((it) => it.file === file && it.from === url && it.to === to)
  })
  return unplanned && `the destination ${unplanned.url} was changed, which is not in the plan`
}

/** The text with each link's destination blotted out. */
function masked(text: string, links: readonly Link[]): string {
  let rest = ''
  let at = 0
  for (const { start, end } of links) {
    rest += `${text.slice(at, start)}\0`
    at = end
  }
  return rest + text.slice(at)
}
