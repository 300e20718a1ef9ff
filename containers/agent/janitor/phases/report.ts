import { checkPairs } from '../check-pairs.ts'
import { lookAround } from '../look-around.ts'
import { count, describeMend, describeUnclear, fit, listing } from '../phrases.ts'
import { plannedPairs } from '../planned-pairs.ts'
import type { Turn } from '../turn.ts'

/** Report: what was mended, what is left, each with its place. */
export async function report(turn: Turn): Promise<void> {
  const { repository, found } = await lookAround(turn)
  const states = checkPairs(repository, plannedPairs(turn.request.work.plan))
  const mended = states.filter(({ green }) => green)
  const left = [
    ...found.mends.map((mend) => `${describeMend(mend)} (can be mended)`),
    ...found.unclear.map(describeUnclear),
  ]
  const headline =
    states.length === 0
      ? `${count(left.length, 'broken link')} found`
      : `Mended ${mended.length} of ${count(states.length, 'broken link')}; ${left.length} left`
  const body = [
    `Checked ${count(found.checked, 'relative link')} in ${count(found.files, 'Markdown file')}.`,
    ...mended.map(({ pair }) => `- ${pair.file}: ${pair.from} => ${pair.to}`),
    left.length > 0 ? 'Left, as no answer is certain or none was planned:' : 'No link is left.',
    ...left.map((line) => `- ${line}`),
  ]
  turn.submit('submit_report', {
    headline,
    body: listing(body, 20_000),
    followUps: left.slice(0, 50).map((line) => fit(line, 500)),
  })
  turn.say(headline)
  turn.submit('complete_turn', { status: 'done', summary: headline })
}
