import type { Event } from '#core/contracts/event.ts'
import type { Clocks } from '#core/contracts/project.ts'
import type { Turn } from '#core/contracts/turn.ts'
import { explainAttempt, type SeenAttempt } from './explain-attempt.ts'
import { counted, lasting } from './in-words.ts'

/** What is known of a turn. Attempts oldest first; times in epoch milliseconds. */
export interface TurnFacts {
  readonly turn: Turn
  readonly attempts: readonly SeenAttempt[]
  /** The events of this turn. */
  readonly events: readonly Event[]
  readonly clocks: Clocks
  /** When the run must be over (S5). */
  readonly deadline: number
  readonly now: number
}

/** A turn in lines: what it came to and how long it took, then each attempt and what followed it. */
export const explainTurn = ({ turn, attempts, events, now, ...limits }: TurnFacts): string[] => {
  const ended = turn.endedAt === undefined ? now : Date.parse(turn.endedAt)
  const section =
    turn.phase === 'code' || turn.phase === 'audit' ? `, section ${turn.section + 1}` : ''
  const because = turn.reason === undefined ? '' : ` (${turn.reason})`
  const verdict =
    turn.verdict === undefined || turn.verdict === 'complete' ? '' : `, ${turn.verdict}`
  const took = lasting(ended - Date.parse(turn.startedAt))
  const tries = counted(attempts.length, 'attempt')
  const head = `${turn.number}. ${turn.phase}${section}: ${turn.status.replaceAll('_', ' ')}${because}${verdict}, ${took}, ${tries}`
  const plain = attempts.length === 1 && turn.status === 'done' && events.every(isPlain)
  if (plain) return [head]
  return [
    head,
    ...attempts.flatMap((attempt, index) => [
      `   ${explainAttempt({ ...limits, attempt, now, events: of(events, attempt) })}`,
      ...then(attempt, attempts[index + 1], events).map((line) => `   ${line}`),
    ]),
  ]
}

const of = (events: readonly Event[], { id }: SeenAttempt): Event[] =>
  events.filter(({ attemptId }) => attemptId === id)

const isPlain = ({ kind }: Event): boolean =>
  !['attempt.nudged', 'attempt.busy_waited', 'budget.warned'].includes(kind)

/** What was tried after an attempt: a wait for the provider, another model, place or size, a relaunch. */
const then = (
  before: SeenAttempt,
  next: SeenAttempt | undefined,
  events: readonly Event[],
): string[] => {
  const from = Date.parse(before.endedAt ?? before.launchedAt)
  const until = next ? Date.parse(next.launchedAt) : Number.POSITIVE_INFINITY
  const waits = events
    .filter(({ kind, at }) => kind === 'provider.waited' && within(at, from, until))
    .map(({ reason, facts }) => `→ it waited for the provider (${reason}) until ${facts?.until}`)
  if (!next) return waits
  const others = [modelOf(before, next), placeOf(before, next), workOf(before)]
  const pause = waits.length > 0 ? 'then' : `after a pause of ${lasting(until - from)}`
  return [...waits, `→ ${pause} it was tried again${others.filter(Boolean).join('')}`]
}

/** The event and the end of its attempt are written at once, by clocks that may differ a moment. */
const within = (at: string, from: number, until: number): boolean =>
  Date.parse(at) >= from - 1_000 && Date.parse(at) <= until

const modelOf = (before: SeenAttempt, { model }: SeenAttempt): string =>
  model === undefined || model === before.model ? '' : `, with the next model, ${model}`

const placeOf = (before: SeenAttempt, { placement }: SeenAttempt): string => {
  const size = placement?.size
  const larger =
    size && size.memory !== before.placement?.size?.memory
      ? `, at a larger size (${size.cpu} CPU units, ${size.memory} MiB)`
      : ''
  return `${placement?.onDemand && !before.placement?.onDemand ? ', on demand' : ''}${larger}`
}

const workOf = ({ checkpoint }: SeenAttempt): string =>
  checkpoint === undefined ? '' : ', from its last checkpoint'
