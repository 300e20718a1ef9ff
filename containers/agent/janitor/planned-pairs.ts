import type { PlanProposal } from '#core/contracts/plan.ts'
import { formatPair, type Pair, parsePair } from './pair.ts'
import { quoteWords, splitWords } from './shell-words.ts'

/** The command that proves pairs: red while one is broken, green when all are mended. */
export function checkCommand(pairs: readonly Pair[]): string {
  return quoteWords(['janitor', 'check', ...pairs.map((pair) => formatPair(pair) ?? '')])
}

/** The pairs that a plan is about, read from its check command; none if it isn't the janitor's. */
export function plannedPairs(plan: PlanProposal | undefined): Pair[] {
  return (plan?.verification ?? []).flatMap(({ command }) => {
    const [program, verb, ...args] = splitWords(command) ?? []
    if (program !== 'janitor' || verb !== 'check') return []
    return args.map(parsePair).filter((pair) => pair !== undefined)
  })
}
