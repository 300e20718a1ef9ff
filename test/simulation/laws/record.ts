import type { Event } from '#core/contracts/event.ts'
import type { Run } from '#core/contracts/run.ts'
import { measuredUsd } from '#core/decisions/cost.ts'
import { attemptEnded, runEnded } from '#core/decisions/transition.ts'
import { law, type View } from './view.ts'

/** What must hold of the record of a run after every commit: answers what does not. */
export const brokenRecord = (view: View): string[] => {
  const { run, attempts } = view
  if (!run) return []
  return [
    ...law(
      view.events.every(({ sequence }, index) => sequence === index + 1) &&
        view.events.length === run.sequence,
      `the run counts ${run.sequence} events and has ${view.events.map((e) => e.sequence)}`,
    ),
    ...ends(view, run),
    ...attempts.flatMap(({ number, id }, index) => {
      const before = attempts[index - 1]
      const first = before?.turnId !== attempts[index]?.turnId
      return [
        ...law(number === (first ? 1 : (before?.number ?? 0) + 1), `there is an attempt ${id}`),
        ...law(!before || attemptEnded(before.state), `${id} began before ${before?.id} was over`),
      ]
    }),
    ...law(
      attempts.every((each, index) => each.fencingToken > (attempts[index - 1]?.fencingToken ?? 0)),
      `the fencing tokens are ${attempts.map((each) => each.fencingToken)}`,
    ),
    ...law(run.attempts === attempts.length, `the run counts ${run.attempts} attempts`),
    ...held(view, run),
    ...spent(view, run),
  ]
}

/** Each run, turn and attempt that is over has its one terminal event, and nothing else has. */
const ends = ({ events, turns, attempts }: View, run: Run): string[] => {
  const count = (kind: Event['kind'], of: Partial<Event>) =>
    events.filter(
      (event) => event.kind === kind && (of.turnId ?? of.attemptId) === keyOf(event, of),
    ).length
  const one = (what: string, over: boolean, found: number) =>
    law(found === (over ? 1 : 0), `${what} has ${found} terminal events`)
  return [
    ...one('the run', runEnded(run.status), events.filter((e) => e.kind === 'run.ended').length),
    ...turns.flatMap(({ id, status }) =>
      one(id, status !== 'running', count('turn.ended', { turnId: id })),
    ),
    ...attempts.flatMap(({ id, state, claim }) => [
      ...one(id, attemptEnded(state), count('attempt.ended', { attemptId: id })),
      ...law(
        count('attempt.claimed', { attemptId: id }) === (claim ? 1 : 0),
        `${id} is claimed, and its events do not say so once`,
      ),
    ]),
  ]
}

const keyOf = (event: Event, of: Partial<Event>): string | undefined =>
  of.turnId === undefined ? event.attemptId : event.turnId

/** A run has lease and slot from its start to its end, but no slot while it waits for a provider. */
const held = ({ lease, slots }: View, run: Run): string[] => {
  const over = runEnded(run.status)
  const cancelled = run.cancel !== undefined
  return [
    ...law((lease?.runId === run.id) === !over, `the lease of a run that ${is(over)} is wrong`),
    ...law(
      slots.has(run.id) === (!over && run.wait === undefined) || (cancelled && !over),
      `a run that ${is(over)}${run.wait ? ' and waits' : ''} has ${slots.size} slots`,
    ),
  ]
}

const is = (over: boolean): string => (over ? 'is over' : 'goes on')

/** What was spent is counted when the attempt ends, once, and no less than the agent said. */
const spent = ({ attempts }: View, run: Run): string[] => {
  const sum = attempts.reduce((total, { usd }) => total + usd, 0)
  const lost = attempts.filter(
    ({ state, usd, usage }) => attemptEnded(state) && usd < measuredUsd(usage) - CENT,
  )
  return [
    ...law(Math.abs(sum - run.usd) < CENT, `the run counts ${run.usd} usd, its attempts ${sum}`),
    ...lost.map(({ id, usd, usage }) => `${id} spent ${measuredUsd(usage)} usd, counted ${usd}`),
  ]
}

const CENT = 0.01
