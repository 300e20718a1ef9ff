import { chooseAnchor } from './choose-anchor.ts'
import { chooseTarget } from './choose-target.ts'
import { editDestinations } from './edit-destinations.ts'
import { type BrokenLink, findBroken } from './find-broken.ts'
import { type History, readHistory } from './history.ts'
import { isMarkdown } from './judge-link.ts'
import type { Pair } from './pair.ts'
import type { Repository } from './repository.ts'
import { writeUrl } from './write-url.ts'

/** A broken link with one certain answer. */
export type Mend = Pair & { lines: number[] }

/** A broken link without; the candidates are paths or anchors, maybe none. */
export type Unclear = { file: string; from: string; lines: number[]; candidates: string[] }

/** What there is to mend in a repository, and what is left to a person. */
export type Survey = { files: number; checked: number; mends: Mend[]; unclear: Unclear[] }

/** Surveys a repository: finds what is broken and looks for the one certain answer of each. */
export async function survey(
  repository: Repository,
  seen: (file: string) => void = () => {},
): Promise<Survey> {
  const { files, checked, links } = await findBroken(repository, seen)
  const lost = links.filter(({ missing }) => missing === 'file').map(({ path }) => path)
  const history = await readHistory(repository.root, [...new Set(lost)], repository.catalog.files)
  const result: Survey = { files, checked, mends: [], unclear: [] }
  const answered: Mend[] = []
  for (const link of links) {
    const answer = answerFor(repository, link, history.get(link.path) ?? { kind: 'unknown' })
    const { file, url: from, lines } = link
    if ('to' in answer) answered.push({ file, from, to: answer.to, lines })
    else result.unclear.push({ file, from, lines, candidates: answer.candidates })
  }
  for (const [file, mends] of Map.groupBy(answered, (mend) => mend.file)) {
    const areAllWritable = isWritable(repository, file, mends)
    for (const mend of mends) {
      const { from, to, lines } = mend
      if (areAllWritable || isWritable(repository, file, [mend])) result.mends.push(mend)
      else result.unclear.push({ file, from, lines, candidates: [to] })
    }
  }
  return result
}

type Answer = { to: string } | { candidates: string[] }

function answerFor(repository: Repository, link: BrokenLink, history: History): Answer {
  const { file, url, path, fragment } = link
  if (link.missing === 'anchor') {
    const choice = chooseAnchor(fragment ?? '', anchorsOf(repository, path) ?? [])
    return choice.certain === undefined
      ? { candidates: choice.candidates.map((name) => `#${name}`) }
      : { to: writeUrl(file, url, { fragment: choice.certain }) }
  }
  const { certain, candidates } = chooseTarget(path, file, history, repository.catalog)
  if (certain === undefined) return { candidates }
  const anchors = fragment === undefined ? undefined : anchorsOf(repository, certain)
  if (fragment === undefined || !anchors) return { to: writeUrl(file, url, { path: certain }) }
  const names = anchors.flatMap((anchor) => anchor.names)
  const anchor = names.includes(fragment) ? fragment : chooseAnchor(fragment, anchors).certain
  return anchor === undefined
    ? { candidates: [certain] }
    : {
        to: writeUrl(file, url, {
          path: certain,
          ...(anchor === fragment ? {} : { fragment: anchor }),
        }),
      }
}

/** Not every destination can stand wherever another stood, such as in HTML without quotes. */
function isWritable(repository: Repository, file: string, mends: readonly Mend[]): boolean {
  const page = repository.page(file)
  const changes = new Map(mends.map(({ from, to }) => [from, to]))
  return page !== undefined && editDestinations(page, changes) !== undefined
}

function anchorsOf(repository: Repository, path: string) {
  return isMarkdown(path) ? repository.page(path)?.anchors() : undefined
}
