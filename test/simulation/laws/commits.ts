import { isDeepStrictEqual } from 'node:util'
import type { AttemptState } from '#core/contracts/attempt.ts'
import type { RunStatus } from '#core/contracts/run.ts'
import type { TurnStatus } from '#core/contracts/turn.ts'
import { attemptEnded, runEnded, TRANSITIONS } from '#core/decisions/transition.ts'
import type { Commit, Item } from '../table/memory-table.ts'
import { kindOf, law } from './view.ts'

/** What a single write may never do, whatever state the rest is in: answers what was broken. */
export const brokenByWrite = ({ before, after }: Commit): string[] => {
  const kind = kindOf(after)
  if (kind === 'event') return law(before === undefined, `event ${after.sk} was written over`)
  if (!before) return []
  if (kind === 'attempt') return attempt(before, after)
  if (kind === 'turn') return turn(before, after)
  if (kind === 'run') return run(before, after)
  if (kind !== 'lease') return []
  const grows = Number(after.fencingToken) >= Number(before.fencingToken)
  return law(grows, `the fencing token of the lease fell to ${after.fencingToken}`)
}

const attempt = (before: Item, after: Item): string[] => {
  const [from, to] = [before.state as AttemptState, after.state as AttemptState]
  const success = to === 'succeeded' && !attemptEnded(from)
  return [
    ...law(
      from === to || success || TRANSITIONS.attempt[from].includes(to),
      `${after.id} went from ${from} to ${to}`,
    ),
    ...law(after.fencingToken === before.fencingToken, `${after.id} got another fencing token`),
    ...(attemptEnded(from) ? frozen(before, after, LATE) : []),
    ...law(
      before.claim === undefined || isDeepStrictEqual(before.claim, after.claim),
      `${after.id} was claimed twice`,
    ),
  ]
}

/** How its container ended may become known later than that the attempt is over. */
const LATE = ['taskEnd', 'checkpoint']

const turn = (before: Item, after: Item): string[] => {
  const [from, to] = [before.status as TurnStatus, after.status as TurnStatus]
  return [
    ...law(
      from === to || TRANSITIONS.turn[from].includes(to),
      `turn ${after.id} went from ${from} to ${to}`,
    ),
    ...(from === 'running' ? [] : frozen(before, after, ['verdict'])),
  ]
}

const run = (before: Item, after: Item): string[] => {
  const [from, to] = [before.status as RunStatus, after.status as RunStatus]
  return [
    ...law(from === to || TRANSITIONS.run[from].includes(to), `the run went from ${from} to ${to}`),
    ...(runEnded(from) ? frozen(before, after, ['sequence']) : []),
    ...law(
      before.cancel === undefined || isDeepStrictEqual(before.cancel, after.cancel),
      'the run was cancelled twice',
    ),
  ]
}

const frozen = (before: Item, after: Item, but: readonly string[]): string[] => {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  const changed = [...names].filter((name) => !isDeepStrictEqual(before[name], after[name]))
  const wrong = changed.filter((name) => !but.includes(name))
  return law(wrong.length === 0, `${after.id} was over, and its ${wrong.join(', ')} changed`)
}
