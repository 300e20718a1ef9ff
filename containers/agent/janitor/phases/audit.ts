import { checkPairs } from '../check-pairs.ts'
import { lookAround } from '../look-around.ts'
import { count, describeUnclear, fit, listing } from '../phrases.ts'
import { plannedPairs } from '../planned-pairs.ts'
import type { Turn } from '../turn.ts'
import { type Violation, violationsSince } from '../violations.ts'

/** Audit and final audit: looks again with fresh eyes, at each planned link and at every change. */
export async function audit(turn: Turn): Promise<void> {
  const { plan, baseCommit, findings, section } = turn.request.work
  const pairs = plannedPairs(plan)
  const { repository, found } = await lookAround(turn)
  const states = checkPairs(repository, pairs)
  const violations: Violation[] = states.flatMap((state) =>
    state.green
      ? []
      : [
          {
            title: `Link not mended in ${state.pair.file}`,
            detail: `${state.pair.from} => ${state.pair.to}: ${state.because}`,
            file: state.pair.file,
          },
        ],
  )
  if (pairs.length === 0) {
    violations.push({ title: 'No check', detail: 'The plan has no janitor check to audit by.' })
  }
  if (baseCommit !== undefined) {
    const { runId } = turn.request
    violations.push(
      ...(await turn.act('diff', baseCommit, () =>
        violationsSince(repository, pairs, baseCommit, runId),
      )),
    )
  }
  const number = section?.number ?? 0
  for (const { title, detail, file } of violations) {
    turn.submit('report_finding', {
      severity: 'bug',
      title: fit(title, 200),
      detail: fit(detail, 4_000),
      ...(file !== undefined && file.length <= 300 ? { file } : {}),
      section: number,
    })
  }
  const isClean = violations.length === 0
  for (const { key, status } of isClean ? findings : []) {
    if (status === 'open') {
      turn.submit('close_finding', { key, reason: 'Checked again: every planned link resolves.' })
    }
  }
  const mended = states.filter(({ green }) => green).length
  const done = `${mended} of ${count(states.length, 'planned link')} lead where they should.`
  turn.submit('submit_section_summary', {
    section: number,
    done,
    deviations: listing(
      violations.map(({ title, detail }) => `${title}: ${detail}`),
      2_000,
    ),
    followUps: found.unclear.slice(0, 50).map((link) => fit(describeUnclear(link), 500)),
  })
  turn.say(done)
  turn.submit('complete_turn', {
    status: 'done',
    summary: isClean ? done : `${done} See the findings.`,
    verdict: isClean ? 'approve' : 'request_changes',
  })
}
