import { chooseAnchor } from './choose-anchor.ts'
import { chooseTarget } from './choose-target.ts'
import type { BrokenLink } from './find-broken.ts'
import type { History } from './history.ts'
import { isMarkdown } from './judge-link.ts'
import type { Repository } from './repository.ts'
import { writeUrl } from './write-url.ts'

/** The new destination when one is certain, else what it may be. */
export type Answer = { to: string } | { candidates: string[] }

/** Looks for the one certain answer to a broken link. */
export function answerFor(repository: Repository, link: BrokenLink, history: History): Answer {
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

function anchorsOf(repository: Repository, path: string) {
  return isMarkdown(path) ? repository.page(path)?.anchors() : undefined
}
