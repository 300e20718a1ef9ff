import { git, words } from './git.ts'
import { isMarkdown, judgeLink } from './judge-link.ts'
import type { Repository } from './repository.ts'

/** A destination that leads nowhere, with every line of the file that it stands on. */
export type BrokenLink = {
  file: string
  url: string
  lines: number[]
  /** The path that is missing; with `anchor` set the path is there and the anchor is not. */
  path: string
  fragment: string | undefined
  missing: 'file' | 'anchor'
}

/** What was looked at, and what of it is broken, in the order of the files. */
export type Broken = { files: number; checked: number; links: BrokenLink[] }

/** Finds the broken links in the repository's Markdown; `seen` hears of each file. */
export async function findBroken(
  repository: Repository,
  seen: (file: string) => void = () => {},
): Promise<Broken> {
  const files = [...repository.catalog.files].filter((file) => isMarkdown(file) && !isLeft(file))
  const broken: Broken = { files: 0, checked: 0, links: [] }
  for (const file of files) {
    const found = findBrokenIn(repository, file)
    if (!found) continue
    broken.files += 1
    broken.checked += found.checked
    broken.links.push(...found.links)
    seen(file)
  }
  const made = await ignored(repository.root, broken.links)
  broken.links = broken.links.filter((link) => link.missing === 'anchor' || !made.has(link.path))
  return broken
}

/** The same for one file; undefined when it can't be read. */
export function findBrokenIn(
  repository: Repository,
  file: string,
): Omit<Broken, 'files'> | undefined {
  const page = repository.page(file)
  if (!page) return undefined
  const links = new Map<string, BrokenLink>()
  let checked = 0
  for (const { url, line } of page.links()) {
    const known = links.get(url)
    const judged = judgeLink(repository, file, url)
    if (judged.kind !== 'outside') checked += 1
    if (known) {
      if (!known.lines.includes(line)) known.lines.push(line)
    } else if (judged.kind === 'no_file' || judged.kind === 'no_anchor') {
      const missing = judged.kind === 'no_file' ? 'file' : 'anchor'
      links.set(url, { ...judged, file, url, lines: [line], missing })
    }
  }
  return { checked, links: [...links.values()] }
}

/** Files of others, samples that may be broken on purpose, and texts that GitHub shows elsewhere. */
function isLeft(file: string): boolean {
  return /(?:^|\/)(?:node_modules|vendor|third_party|fixtures|__fixtures__|testdata|pull_request_template|issue_template)(?:\/|\.|$)/i.test(
    file,
  )
}

/** What git ignores is made by a build: that it isn't there now says nothing. */
async function ignored(root: string, links: readonly BrokenLink[]): Promise<Set<string>> {
  const paths = links.filter(({ missing, path }) => missing === 'file' && path !== '')
  if (paths.length === 0) return new Set()
  const asked = [...new Set(paths.map(({ path }) => path))].join('\0')
  // Exit 1 means that none is ignored.
  const listing = await git(root, ['check-ignore', '-z', '--stdin'], asked).catch(() => '')
  return new Set(words(listing))
}
