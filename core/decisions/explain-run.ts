import type { Event } from '#core/contracts/event.ts'
import type { Plan } from '#core/contracts/plan.ts'
import type { Run } from '#core/contracts/run.ts'
import type { Turn } from '#core/contracts/turn.ts'
import type { SeenAttempt } from './explain-attempt.ts'
import { explainTurn } from './explain-turn.ts'
import { counted, lasting } from './in-words.ts'
import { runEnded } from './transition.ts'
import { type WayOn, wayOn } from './way-on.ts'

/** All that is on record of a run. `now` in epoch milliseconds. */
export interface RunRecord {
  readonly run: Run
  readonly plan: Pick<Plan, 'id' | 'title' | 'sections' | 'sectionsDone'> | undefined
  readonly turns: readonly Turn[]
  readonly attempts: readonly SeenAttempt[]
  readonly events: readonly Event[]
  readonly now: number
}

/** A run told in plain words, and how to go on. */
export interface Story extends WayOn {
  readonly lines: readonly string[]
}

/** Tells what a run set out to do, what happened in which turn, what it cost, how it ended and why. */
export const explainRun = (record: RunRecord): Story => {
  const { run, turns, attempts, events, now } = record
  const way = wayOn(run)
  return {
    ...way,
    lines: [
      ...aim(record),
      '',
      ...turns.flatMap((turn) =>
        explainTurn({
          turn,
          now,
          clocks: run.config.clocks,
          deadline: Date.parse(run.deadlineAt),
          attempts: attempts.filter(({ turnId }) => turnId === turn.id),
          events: events.filter(({ turnId }) => turnId === turn.id),
        }),
      ),
      ...(turns.length === 0 ? ['No turn of it has begun.'] : []),
      ...corrections(events),
      '',
      cost(record),
      end(run, now),
      `What to do: ${way.remedy}`,
      ...(way.command === undefined ? [] : [`Go on with: ${way.command}`]),
    ],
  }
}

const aim = ({ run, plan }: RunRecord): string[] => {
  const gates = run.forced.length === 0 ? '' : `, past the gates ${run.forced.join(', ')}`
  const done = plan?.sectionsDone ?? 0
  return [
    `${run.id} of ${run.projectId}, set off by ${run.actor} (${run.trigger}) at ${run.createdAt}${gates}.`,
    ...(run.resumes === undefined ? [] : [`It went on where ${run.resumes} had stopped.`]),
    ...(run.task === undefined ? [] : [`It was told to: ${oneLine(run.task)}`]),
    plan === undefined
      ? 'It set out to find work that is worth doing; it had no plan.'
      : `It set out to: ${oneLine(plan.title)} (${plan.id}, ${done} of ${plan.sections} sections done).`,
  ]
}

const corrections = (events: readonly Event[]): string[] =>
  events.flatMap(({ kind, reason, facts = {} }) => {
    if (kind === 'sweep.corrected')
      return [`The sweeper found it astray and corrected it: ${reason}.`]
    if (kind === 'run.cancel_requested') return [`${facts.by} cancelled it.`]
    if (kind === 'plan.refused') return [`Its plan was refused: ${reason}.`]
    return []
  })

const cost = ({ run, turns, attempts }: RunRecord): string => {
  const estimated = run.usdEstimated ? ', partly estimated' : ''
  const waited =
    run.waitedSeconds > 0
      ? `, ${lasting(run.waitedSeconds * 1000)} of it waiting for providers`
      : ''
  const took = lasting(lifetime(run))
  return `It cost ${run.usd.toFixed(2)} of ${run.config.budget.usd.toFixed(2)} usd${estimated}, ${counted(turns.length, 'turn')}, ${counted(attempts.length, 'attempt')}${run.endedAt === undefined ? '' : `, ${took}${waited}`}.`
}

const lifetime = ({ createdAt, endedAt }: Run): number =>
  Date.parse(endedAt ?? createdAt) - Date.parse(createdAt)

const end = (run: Run, now: number): string => {
  const because = run.reason === undefined ? '' : `: ${run.reason}`
  if (run.wait) return `It waits for the provider (${run.wait.class}) until ${run.wait.until}.`
  if (!runEnded(run.status))
    return `It is ${run.status}, for ${lasting(now - Date.parse(run.createdAt))}; its deadline is ${run.deadlineAt}.`
  const attention = run.attention === undefined ? '' : `, and needs attention: ${run.attention}`
  return `It ended as ${run.status}${because}${attention}.`
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().slice(0, 200)
