import { findBrokenIn } from './find-broken.ts'
import { judgeLink } from './judge-link.ts'
import type { Pair } from './pair.ts'
import type { Repository } from './repository.ts'

/** Whether a pair is mended, and if not, why. */
export type PairState = { pair: Pair; green: true } | { pair: Pair; green: false; because: string }

/** Checks pairs: green has no broken link of the old destination and a good one of the new. */
export function checkPairs(repository: Repository, pairs: readonly Pair[]): PairState[] {
  return pairs.map((pair) => {
    const because = whyRed(repository, pair)
    return because === undefined ? { pair, green: true } : { pair, green: false, because }
  })
}

function whyRed(repository: Repository, { file, from, to }: Pair): string | undefined {
  const broken = findBrokenIn(repository, file)
  if (!broken) return 'there is no such Markdown file'
  const old = broken.links.find(({ url }) => url === from)
  if (old) return `line ${old.lines.join(', ')} still has the broken link`
  const links = repository.page(file)?.links() ?? []
  if (!links.some(({ url }) => url === to)) return 'no link has the new destination'
  const { kind } = judgeLink(repository, file, to)
  return kind === 'fine' ? undefined : 'the new destination leads nowhere'
}
