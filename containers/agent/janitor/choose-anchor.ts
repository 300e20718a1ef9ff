import type { Anchor } from './find-anchors.ts'

/** The anchors that a wrong fragment may mean, and the one that it certainly means, if any. */
export type AnchorChoice = { certain: string | undefined; candidates: string[] }

/**
 * Chooses among a page's anchors. Certain is the one that differs only in case, or the only one
 * with the same letters and digits, the digits grouped alike: `#1-12` is not `#11-2`.
 */
export function chooseAnchor(fragment: string, anchors: readonly Anchor[]): AnchorChoice {
  const key = anchorKey(fragment)
  if (key === '') return { certain: undefined, candidates: [] }
  // A second heading of the same text has a number in its name, but not in its text.
  const near = anchors.filter(
    ({ names, text }) => names.some((name) => anchorKey(name) === key) || anchorKey(text) === key,
  )
  const candidates = [...new Set(near.flatMap(({ names }) => names))]
  const sameButCase = candidates.filter((name) => name.toLowerCase() === fragment.toLowerCase())
  if (sameButCase.length === 1) return { certain: sameButCase[0], candidates }
  const sameNumbers = near.every(({ text }) => numbers(text) === numbers(fragment))
  const isCertain = candidates.length === 1 && sameNumbers
  return { certain: isCertain ? candidates[0] : undefined, candidates }
}

/** What is left of a fragment without case, punctuation and spaces. */
export function anchorKey(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '')
}

function numbers(text: string): string {
  return (text.match(/\p{N}+/gu) ?? []).join(' ')
}
