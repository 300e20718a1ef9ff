import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkPairs, type PairState } from '../check-pairs.ts'
import { editDestinations } from '../edit-destinations.ts'
import { lookAround } from '../look-around.ts'
import { isSamePair, type Pair } from '../pair.ts'
import { count, listing } from '../phrases.ts'
import { plannedPairs } from '../planned-pairs.ts'
import { openRepository, type Repository } from '../repository.ts'
import type { Turn } from '../turn.ts'

/** Code and fix: mends what the plan names, where its answer is still the certain one. */
export async function code(turn: Turn): Promise<void> {
  const pairs = plannedPairs(turn.request.work.plan)
  if (pairs.length === 0) {
    return finish(turn, 'blocked', ["The plan is not the janitor's: it has no janitor check."])
  }
  const { repository, found } = await lookAround(turn)
  if (checkPairs(repository, pairs).every(({ green }) => green)) {
    const reason = `All of the plan's ${count(pairs.length, 'link')} are mended already.`
    turn.submit('complete_turn', { status: 'done', summary: reason, noop: { reason } })
    return
  }
  const certain = pairs.filter((pair) => found.mends.some((mend) => isSamePair(mend, pair)))
  const changed: string[] = []
  for (const file of new Set(certain.map((pair) => pair.file))) {
    await turn.pause()
    const inFile = certain.filter((pair) => pair.file === file)
    if (await turn.act('edit', file, () => edit(repository, file, inFile))) changed.push(file)
  }
  const states = checkPairs(await openRepository(turn.root), pairs)
  const red = states.filter((state) => !state.green)
  const mended = `Mended ${count(states.length - red.length, 'link')} of ${states.length}.`
  if (red.length === 0) return finish(turn, 'done', [mended], changed)
  // What the plan says is no longer certain, or was never so: a person has to look at it.
  finish(turn, changed.length > 0 ? 'partial' : 'blocked', [mended, ...red.map(why)], changed)
}

function edit(repository: Repository, file: string, pairs: readonly Pair[]): boolean {
  const page = repository.page(file)
  const edited = page && editDestinations(page, new Map(pairs.map(({ from, to }) => [from, to])))
  if (edited === undefined) return false
  writeFileSync(join(repository.root, file), edited)
  return true
}

function why(state: PairState): string {
  const { file, from, to } = state.pair
  return `Not mended: ${file}: ${from} => ${to}${state.green ? '' : `: ${state.because}`}`
}

function finish(
  turn: Turn,
  status: 'done' | 'partial' | 'blocked',
  said: readonly string[],
  filesChanged: string[] = [],
): void {
  const summary = listing(said, 2_000)
  turn.say(summary)
  turn.submit('complete_turn', { status, summary, filesChanged })
}
