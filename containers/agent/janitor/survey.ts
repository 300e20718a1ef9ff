import { answerFor } from './answer-for.ts'
import { editDestinations } from './edit-destinations.ts'
import { findBroken } from './find-broken.ts'
import { readHistory } from './history.ts'
import type { Pair } from './pair.ts'
import type { Repository } from './repository.ts'

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

/** Not every destination can stand wherever another stood, such as in HTML without quotes. */
function isWritable(repository: Repository, file: string, mends: readonly Mend[]): boolean {
  const page = repository.page(file)
  const changes = new Map(mends.map(({ from, to }) => [from, to]))
  return page !== undefined && editDestinations(page, changes) !== undefined
}
