import type { Finding } from '#core/contracts/finding.ts'
import type { CommandResult, Proof, ProvenCheck } from '#core/contracts/proof.ts'
import type { Report } from '#core/contracts/report.ts'

const ran = (exit: number): CommandResult => ({
  command: 'npm test',
  exit,
  timedOut: false,
  durationMs: 1_200,
  tail: '',
})

/** A check of the sample report, as it came out. */
export const aCheck = (verdict: ProvenCheck['verdict'] = 'proved'): ProvenCheck => ({
  check: { command: 'npm test', expect: 'red_to_green', files: [] },
  base: ran(1),
  head: ran(0),
  verdict,
})

/** A proof of the sample report. */
export const aProof = (checks: ProvenCheck[] = [aCheck()]): Proof => ({
  baseCommit: '1111111111111111111111111111111111111111',
  headCommit: '2222222222222222222222222222222222222222',
  checks,
  proved: checks.every(({ verdict }) => verdict === 'proved'),
})

/** A finding of the sample report. */
export const aFinding = (change: Partial<Finding> = {}): Finding => ({
  severity: 'bug',
  title: 'The link is still broken',
  detail: 'docs/b.md is not there.',
  key: 'f-1',
  planId: 'plan-1',
  runId: 'run-1',
  turnId: 'run-1-t3',
  status: 'fixed',
  sightings: 1,
  createdAt: '2026-03-02T12:00:00.000Z',
  ...change,
})

/** The report of a run that went well. */
export const aReport = (change: Partial<Report> = {}): Report => ({
  runId: 'run-1',
  projectId: 'handbook',
  outcome: 'executed',
  reason: null,
  attention: null,
  plan: { id: 'plan-1', title: 'Mend 2 broken links', summary: 'Two links lead nowhere.' },
  cycle: {
    id: 'cycle-1',
    branch: 'vigil/cycle-1',
    baseCommit: '1111111111111111111111111111111111111111',
    headCommit: '2222222222222222222222222222222222222222',
  },
  diff: { files: ['README.md', 'docs/a.md'], insertions: 2, deletions: 2 },
  proof: aProof(),
  findings: [],
  turns: 6,
  attempts: 7,
  stalls: 1,
  usd: 0.5,
  usdEstimated: false,
  durationMs: 4_250,
  facts: [
    { event: 3, text: 'Planned: Mend 2 broken links' },
    { event: 9, text: 'Proof: proved' },
  ],
  words: { headline: 'Both links work again', body: 'I looked.\nI mended.', followUps: [] },
  ...change,
})
