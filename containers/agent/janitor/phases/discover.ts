import { lookAround } from '../look-around.ts'
import { count, describeUnclear, fit, listing } from '../phrases.ts'
import { planMends } from '../plan-mends.ts'
import type { Survey } from '../survey.ts'
import type { Turn } from '../turn.ts'

/** Discovery: plans the mending of broken links, or says why there is nothing to plan. */
export async function discover(turn: Turn): Promise<void> {
  const { task, plans } = turn.request.work
  // A directed fire wants its task or a refusal, not whatever else there is to do.
  if (task !== undefined && !/\b(?:links?|anchors?)\b/i.test(task)) {
    return done(turn, `The janitor only mends broken links in Markdown; it can't do this: ${task}`)
  }
  const { found } = await lookAround(turn)
  const taken = plans.filter(({ status }) => ON_RECORD.has(status)).map((it) => it.dedupeKey)
  const plan = planMends(found, new Set(taken))
  if (!plan) return done(turn, whyNothing(found))
  turn.say(plan.title)
  turn.submit('submit_plan', plan)
  const left = found.unclear.map(describeUnclear)
  turn.submit('complete_turn', {
    status: 'done',
    summary: listing([`${plan.title}.`, ...left.map((it) => `Left: ${it}`)], 2_000),
  })
}

/** A plan in one of these states is not proposed again. */
const ON_RECORD = new Set(['ready', 'executing', 'completed'])

function done(turn: Turn, reason: string): void {
  turn.say(reason)
  turn.submit('complete_turn', {
    status: 'done',
    summary: fit(reason, 2_000),
    noop: { reason: fit(reason, 1_000) },
  })
}

function whyNothing({ files, checked, mends, unclear }: Survey): string {
  const looked = `Checked ${count(checked, 'relative link')} in ${count(files, 'Markdown file')}`
  if (mends.length === 0 && unclear.length === 0) return `${looked}: none is broken.`
  const planned = mends.length > 0 ? [`${count(mends.length, 'broken link')} planned already`] : []
  const left = unclear.length > 0 ? [`${unclear.length} broken without a certain answer`] : []
  const head = `${looked}: ${[...planned, ...left].join(', ')}.`
  return listing([head, ...unclear.map(describeUnclear)], 1_000)
}
