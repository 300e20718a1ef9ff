import type { Attempt } from '#core/contracts/attempt.ts'
import type { Event } from '#core/contracts/event.ts'
import type { Clocks } from '#core/contracts/project.ts'
import { clockOf } from './clock-of.ts'
import { lasting } from './in-words.ts'
import { attemptEnded } from './transition.ts'

/** An attempt as the API shows it. */
export type SeenAttempt = Omit<Attempt, 'taskToken'>

/** What is known of an attempt and of the limits that it had. Times in epoch milliseconds. */
export interface AttemptFacts {
  readonly attempt: SeenAttempt
  /** The events of this attempt. */
  readonly events: readonly Event[]
  readonly clocks: Clocks
  /** When the run must be over (S5). */
  readonly deadline: number
  readonly now: number
}

/** One attempt in sentences: how it ended or stands, under which clock, and what was tried in it. */
export const explainAttempt = (facts: AttemptFacts): string => {
  const { attempt, now } = facts
  const took = lasting(endOf(attempt, now) - Date.parse(attempt.launchedAt))
  const model = attempt.model === undefined ? '' : `, ${attempt.model}`
  const how = attemptEnded(attempt.state) ? attempt.state.replaceAll('_', ' ') : 'at work'
  return [
    `attempt ${attempt.number} (${took}${model}): ${how}${classOf(attempt)}.`,
    ...facts.events.flatMap(triedIn),
    silence(facts),
    attemptEnded(attempt.state) ? lastAct(attempt) : standing(facts),
  ]
    .filter(Boolean)
    .join(' ')
}

const endOf = ({ endedAt }: SeenAttempt, now: number): number =>
  endedAt === undefined ? now : Date.parse(endedAt)

const classOf = ({ class: fault }: SeenAttempt): string =>
  fault === undefined || fault === 'cancelled' ? '' : `, ${fault}`

const triedIn = ({ kind, facts = {} }: Event): string[] => {
  switch (kind) {
    case 'attempt.nudged':
      return ['It was silent, was interrupted and asked to go on in its session (a nudge).']
    case 'attempt.busy_waited':
      return ['It only slept and polled, which is no progress.']
    case 'budget.warned':
      return [`It had spent ${usd(facts.usd)} of the ${usd(facts.usdLeft)} usd left.`]
    default:
      return []
  }
}

const usd = (value: unknown): string => (typeof value === 'number' ? value.toFixed(2) : '?')

/** Which clock ended it, its limit, and how long nothing had been heard. */
const silence = (facts: AttemptFacts): string | undefined => {
  const { attempt, events, clocks, now, deadline } = facts
  const { class: fault = '', stage } = attempt
  if (fault === 'turn.timed_out' && endOf(attempt, now) > deadline)
    return "The run's own deadline had come (budget.hours)."
  const found = clockOf(fault, clocks, stage)
  if (!found) return undefined
  const told = events.find(({ kind }) => kind === 'attempt.stalled' || kind === 'attempt.lost')
  const until = told === undefined ? endOf(attempt, now) : Date.parse(told.at)
  const since = sinceOf(attempt, found.since)
  const spent = since === undefined ? '' : `; it was over after ${lasting(until - since)}`
  const last = { launch: '', stage: ' in that stage', act: ' of silence', beat: ' of silence' }
  return `The clock ${found.clock} gives ${lasting(found.limitSeconds * 1000)} for ${found.of}${spent}${since === undefined ? '' : last[found.since]}.`
}

const sinceOf = (
  { launchedAt, stageSince, beatAt, acts, claim }: SeenAttempt,
  since: 'launch' | 'stage' | 'act' | 'beat',
): number | undefined => {
  const times = {
    launch: [launchedAt],
    stage: [stageSince],
    act: [stageSince, acts.at(-1)?.at],
    beat: [beatAt ?? (claim ? launchedAt : undefined)],
  }[since]
  const known = times.flatMap((at) => (at === undefined ? [] : [Date.parse(at)]))
  return known.length === 0 ? undefined : Math.max(...known)
}

const lastAct = ({ acts, class: fault }: SeenAttempt): string | undefined => {
  const last = acts.at(-1)
  return fault === undefined || !last ? undefined : `Its last act: “${oneLine(last.what)}”.`
}

/** What a live attempt is doing, and since when. */
const standing = ({ attempt, now }: AttemptFacts): string => {
  const { stage, stageSince, state, launchedAt, acts } = attempt
  const since = lasting(now - Date.parse(stageSince ?? launchedAt))
  const act = acts.at(-1)
  return `It has been ${stage ?? state} for ${since}${act ? `, lastly: “${oneLine(act.what)}”` : ''}.`
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().slice(0, 120)
