import type { ProvenCheck } from '#core/contracts/proof.ts'
import type { Report } from '#core/contracts/report.ts'
import { FAULTS, isFaultClass } from '#core/faults.ts'

/** The report as Markdown: the first screen, then the facts with their event numbers (R2). */
export const renderReport = (report: Report): string =>
  [
    firstScreen(report),
    proofPart(report),
    findingsPart(report),
    factsPart(report),
    wordsPart(report),
  ]
    .filter(Boolean)
    .join('\n\n')
    .concat('\n')

/** What changed, is it proved, what it cost, what to look at. */
export const firstScreen = (report: Report): string => {
  const because = report.reason === null ? '' : ` (${report.reason})`
  return [
    `# ${oneLine(report.plan?.title ?? 'No plan')}: ${report.outcome}${because}`,
    report.words?.headline ? quoted(report.words.headline) : undefined,
    [
      `- **Changed:** ${changedOf(report)}`,
      `- **Proved:** ${provedOf(report)}`,
      `- **Cost:** ${costOf(report)}`,
      `- **Look at:**${lookAtOf(report)}`,
    ].join('\n'),
  ]
    .filter(Boolean)
    .join('\n\n')
}

const changedOf = ({ diff, cycle }: Report): string => {
  if (!diff || diff.files.length === 0 || !cycle) return 'nothing'
  const files = diff.files.slice(0, 5).map(oneLine).join(', ')
  const more = diff.files.length > 5 ? ` and ${diff.files.length - 5} more` : ''
  return `${files}${more} (+${diff.insertions} −${diff.deletions}) on \`${cycle.branch}\``
}

const provedOf = ({ proof, attention }: Report): string => {
  if (!proof) return attention === null ? 'nothing to prove' : `no: ${attention}`
  const count = proof.checks.filter(({ verdict }) => verdict === 'proved').length
  const commits = `base ${proof.baseCommit.slice(0, 10)}, head ${proof.headCommit.slice(0, 10)}`
  return `${proof.proved ? 'yes' : '**no**'}, ${count} of ${proof.checks.length} checks (${commits})`
}

const costOf = ({ usd, usdEstimated, turns, attempts, stalls, durationMs }: Report): string =>
  [
    `${usd.toFixed(2)} usd${usdEstimated ? ' (partly estimated)' : ''}`,
    `${turns} turns`,
    `${attempts} attempts`,
    stalls > 0 ? `${stalls} stalls` : undefined,
    `${(durationMs / 1000).toFixed(1)} s`,
  ]
    .filter(Boolean)
    .join(', ')

const lookAtOf = (report: Report): string => {
  const bugs = report.findings.filter(({ status }) => status === 'open')
  const items = [
    ...remedyOf(report.reason ?? ''),
    ...(report.attention === null ? [] : [`the run needs attention: ${report.attention}`]),
    ...bugs.map(({ title }) => `open finding: ${oneLine(title)}`),
    ...(report.words?.followUps ?? []).map((text) => `the agent says: ${oneLine(text)}`),
  ]
  return items.length === 0
    ? ' nothing in particular'
    : items.map((item) => `\n  - ${item}`).join('')
}

const remedyOf = (reason: string): string[] => (isFaultClass(reason) ? [FAULTS[reason].remedy] : [])

const proofPart = ({ proof }: Report): string | undefined => {
  if (!proof) return undefined
  return ['## Proof', ...proof.checks.map(checkPart)].join('\n\n')
}

const checkPart = ({ check, verdict, base, head, headWithBaseFiles }: ProvenCheck): string =>
  [
    `- ${verdict}: \`${oneLine(check.command)}\` (${check.expect})`,
    `  - at base: exit ${base.exit}, at head: exit ${head.exit}${headWithBaseFiles ? `, at head with the check's files as at base: exit ${headWithBaseFiles.exit}` : ''}`,
  ].join('\n')

const findingsPart = ({ findings }: Report): string | undefined =>
  findings.length === 0
    ? undefined
    : [
        '## Findings',
        findings
          .map(({ severity, status, title }) => `- ${severity}, ${status}: ${oneLine(title)}`)
          .join('\n'),
      ].join('\n\n')

const factsPart = ({ facts }: Report): string | undefined =>
  facts.length === 0
    ? undefined
    : [
        '## Facts',
        facts.map(({ event, text }) => `- [event ${event}] ${oneLine(text)}`).join('\n'),
      ].join('\n\n')

const wordsPart = ({ words }: Report): string | undefined =>
  words?.body ? ['## In the agent’s own words', quoted(words.body)].join('\n\n') : undefined

const quoted = (text: string): string =>
  text
    .split(/\r\n|\r|\n/)
    .map((line) => `> ${line}`)
    .join('\n')

/** Words from outside stay in their place: a line of their own could pass for one of ours (R2). */
const oneLine = (text: string): string => text.replaceAll(/\s*[\r\n]\s*/g, ' ')
