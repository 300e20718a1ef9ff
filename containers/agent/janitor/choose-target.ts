import { posix } from 'node:path'
import { type Catalog, fold, folderOf } from './catalog.ts'
import type { History } from './history.ts'
import { isTypo } from './is-typo.ts'

/** The files that a path may mean which is not there, and the one it certainly means, if any. */
export type TargetChoice = { certain: string | undefined; candidates: string[] }

/**
 * Chooses what a missing path means, from the surest evidence to the weakest: its rename in git,
 * another spelling in the same place, its base name elsewhere now or before. The first evidence
 * that says anything decides; when that names two, neither is certain.
 */
export function chooseTarget(
  path: string,
  linkedFrom: string,
  history: History,
  catalog: Catalog,
): TargetChoice {
  if (history.kind === 'renamed') return choice(history.to.filter((it) => it !== linkedFrom))
  const spelled = otherSpellings(path, catalog).filter((it) => it !== linkedFrom)
  const namesakes = history.kind === 'never' ? history.namesakes : []
  const named = [...(catalog.byName.get(posix.basename(path)) ?? []), ...namesakes.flat()]
  const typos = history.kind === 'never' ? typosOf(path, catalog) : []
  const others = new Set([...named, ...typos].filter((it) => it !== linkedFrom))
  // What was deleted on purpose has no successor; what looks like it stood beside it all along.
  if (history.kind === 'deleted') {
    return { certain: undefined, candidates: [...new Set([...spelled, ...others])] }
  }
  if (spelled.length > 0) return choice(spelled)
  const candidates = [...others]
  const [only] = candidates
  // Of what the history doesn't tell, the name may have meant something that is gone.
  const isTold = history.kind === 'never' && namesakes.every((heirs) => heirs.length > 0)
  const isCertain =
    candidates.length === 1 && isTold && (typos.length === 1 || isTelling(path, only))
  return { certain: isCertain ? only : undefined, candidates }
}

function choice(candidates: string[]): TargetChoice {
  return { certain: candidates.length === 1 ? candidates[0] : undefined, candidates }
}

function otherSpellings(path: string, catalog: Catalog): string[] {
  const stem = path.replace(/\.(?:md|markdown)$/i, '')
  const cases = [path, `${path}.md`, `${path}.markdown`, `${stem}.md`, `${stem}.markdown`, stem]
  const found = cases.flatMap((it) => catalog.byFolded.get(fold(it)) ?? [])
  const siblings = catalog.byFolder.get(folderOf(path)) ?? []
  const separated = siblings.filter((it) => joined(it) === joined(path))
  return [...new Set([...found, ...separated])]
}

/** A name without the separators that are easily mixed up. */
function joined(path: string): string {
  return fold(posix.basename(path)).replace(/[-_ ]/g, '')
}

function typosOf(path: string, catalog: Catalog): string[] {
  const siblings = catalog.byFolder.get(folderOf(path)) ?? []
  return siblings.filter((it) => isTypo(posix.basename(path), posix.basename(it)))
}

const DOCUMENT = /\.(?:md|markdown|pdf|png|jpe?g|gif|svg|webp|avif|mp4|drawio|excalidraw)$/i
const EVERYWHERE =
  /^(?:readme|index|license|licence|notice|changelog|changes|history|contributing|contributors|authors|security|support|code[-_]of[-_]conduct|summary|todo|template)\b/i

/** Whether a base name alone says which file is meant: no README, and for code its folder, too. */
function isTelling(path: string, only: string | undefined): boolean {
  const name = posix.basename(path)
  if (only === undefined || EVERYWHERE.test(name)) return false
  const folder = posix.basename(folderOf(path))
  return DOCUMENT.test(name) || (folder !== '' && folder === posix.basename(folderOf(only)))
}
