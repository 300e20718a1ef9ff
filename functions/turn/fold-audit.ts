import type { AttemptResult } from '#core/contracts/attempt-result.ts'
import type { NewEvent } from '#core/contracts/event.ts'
import type { Finding } from '#core/contracts/finding.ts'
import type { Turn } from '#core/contracts/turn.ts'
import { isoNow, type Store } from '#functions/store/store.ts'
import { findingKey } from './finding-key.ts'
import type { Fold } from './fold-turn.ts'

/** What an audit changes: findings opened and closed, and whether its section is clean (E3, E4). */
export const foldAudit = (
  store: Store,
  plan: { id: string; findings: readonly Finding[] },
  turn: Turn,
  result: AttemptResult | undefined,
): Fold => {
  const reported = reportedBy(store, plan, turn, result)
  const closed = closedBy(plan.findings, turn, result, reported)
  const named = (keys: readonly Finding[]) => new Set(keys.map(({ key }) => key))
  const gone = new Set([...named(reported), ...named(closed)])
  const open = [
    ...plan.findings.filter(({ status, key }) => status === 'open' && !gone.has(key)),
    ...reported,
  ]
  const bugs = open.filter((finding) => finding.severity === 'bug' && concerns(turn, finding))
  const dirty = bugs.length > 0 || result?.completion?.verdict === 'request_changes'
  const known = named(plan.findings)
  return {
    verdict: dirty ? 'dirty' : 'clean',
    events: [
      ...reported.map((finding) => findingEvent('finding.opened', turn, finding)),
      ...closed.map((finding) => findingEvent('finding.closed', turn, finding)),
    ],
    writes: [
      ...reported.map((finding) =>
        known.has(finding.key)
          ? store.findings.change(finding, { set: finding })
          : store.findings.create(finding, finding),
      ),
      ...closed.map((finding) => store.findings.change(finding, { set: { status: 'fixed' } })),
    ],
  }
}

const reportedBy = (
  store: Store,
  plan: { id: string; findings: readonly Finding[] },
  turn: Turn,
  result: AttemptResult | undefined,
): Finding[] =>
  (result?.findings ?? []).map((report) => {
    const key = findingKey(plan.id, report)
    const seen = plan.findings.find((finding) => finding.key === key)
    return {
      ...report,
      section: report.section ?? turn.section,
      key,
      planId: plan.id,
      runId: turn.runId,
      turnId: turn.id,
      status: 'open',
      sightings: (seen?.sightings ?? 0) + 1,
      createdAt: seen?.createdAt ?? isoNow(store),
    }
  })

/** What the auditor closed by name, or by approving with nothing new to say. */
const closedBy = (
  findings: readonly Finding[],
  turn: Turn,
  result: AttemptResult | undefined,
  reported: readonly Finding[],
): Finding[] => {
  const approved = result?.completion?.verdict === 'approve' && reported.length === 0
  const named = new Set((result?.closed ?? []).map(({ key }) => key))
  return findings
    .filter(({ status, key }) => status === 'open' && !reported.some((again) => again.key === key))
    .filter((finding) => named.has(finding.key) || (approved && concerns(turn, finding)))
}

const concerns = (turn: Turn, finding: Finding): boolean =>
  turn.phase === 'final_audit' || finding.section === turn.section

const findingEvent = (
  kind: 'finding.opened' | 'finding.closed',
  turn: Turn,
  { key, severity, title }: Finding,
): NewEvent => ({ kind, turnId: turn.id, facts: { key, severity, title } })
