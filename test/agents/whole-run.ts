import { AGENT_PHASES, type Phase } from '#core/contracts/phase.ts'
import type { Asked, Reply } from './servers/model-server.ts'

/** How a runtime's shell is called. */
export type Shell = (command: string) => { tool: string; input: object }

/**
 * The script of a whole run: a plan, code, an audit with a finding, code again, a clean audit, a
 * final audit with a bug, a fix, a clean final audit, a report.
 */
export const wholeRun = (shell: Shell): ((asked: Asked) => Reply) => {
  const audits = { audit: 0, final_audit: 0 }
  return (asked) => {
    const phase = phaseOf(asked)
    const say = STEPS[phase]
    if (asked.results === 0 && (phase === 'audit' || phase === 'final_audit')) audits[phase] += 1
    const round = phase === 'audit' || phase === 'final_audit' ? audits[phase] : 1
    const steps = say(shell, round, asked)
    const step = steps[asked.results]
    return step ? { text: 'Next.', calls: [step] } : { text: 'That is all.' }
  }
}

type Call = { tool: string; input: object }

const complete = (more: object = {}): Call => ({
  tool: 'complete_turn',
  input: { status: 'done', summary: 'It is done.', ...more },
})

const STEPS: Record<
  Exclude<Phase, 'prove'>,
  (shell: Shell, round: number, asked: Asked) => Call[]
> = {
  discovery: () => [{ tool: 'submit_plan', input: PLAN }, complete()],
  code: (shell, _round, asked) => [
    shell(
      asked.texts.some((text) => text.includes('It has no name'))
        ? 'echo "Hello, reader." > GREETING.md'
        : 'echo "Hello." > GREETING.md',
    ),
    complete(),
  ],
  audit: (shell, round) => [
    shell('cat GREETING.md'),
    ...(round === 1 ? [finding('It has no name')] : []),
    {
      tool: 'submit_section_summary',
      input: { section: 0, done: 'A greeting.', deviations: '', followUps: [] },
    },
    complete({ verdict: round === 1 ? 'request_changes' : 'approve' }),
  ],
  final_audit: (shell, round) => [
    shell('cat GREETING.md'),
    ...(round === 1 ? [finding('It has no end')] : []),
    complete({ verdict: round === 1 ? 'request_changes' : 'approve' }),
  ],
  fix: (shell) => [shell('echo "Goodbye." >> GREETING.md'), complete()],
  report: () => [
    {
      tool: 'submit_report',
      input: { headline: 'The reader is greeted', body: 'By a file.', followUps: [] },
    },
    complete(),
  ],
  resolve: () => [complete()],
}

const finding = (title: string): Call => ({
  tool: 'report_finding',
  input: { severity: 'bug', title, detail: 'See GREETING.md.', file: 'GREETING.md', line: 1 },
})

const PLAN = {
  title: 'Greet the reader',
  summary: 'There is no greeting.',
  rationale: 'Readers like one.',
  dedupeKey: 'greeting',
  contextSignals: ['no GREETING.md'],
  proposedChange: 'Add GREETING.md.',
  steps: ['Write GREETING.md'],
  sections: [],
  risk: 'low',
  verification: [{ command: 'grep -q Hello GREETING.md', expect: 'red_to_green', files: [] }],
  filesLikely: ['GREETING.md'],
}

/** The phase that a prompt is of, by its first words. */
export const phaseOf = ({ texts }: Asked): Exclude<Phase, 'prove'> => {
  const all = texts.join('\n')
  const phase = AGENT_PHASES.find((one) => all.includes(FIRST_WORDS[one]))
  if (phase === undefined || phase === 'prove') throw new Error(`no prompt: ${all.slice(0, 500)}`)
  return phase
}

const FIRST_WORDS: Record<Phase, string> = {
  discovery: 'Find one piece of work',
  code: 'Do the work of the plan',
  audit: 'Audit with fresh eyes what was done',
  final_audit: 'Audit with fresh eyes all of the work',
  fix: 'Mend what the open findings say',
  report: 'Tell in a few plain sentences',
  resolve: 'This checkout has merge conflicts',
  prove: '\0',
}
