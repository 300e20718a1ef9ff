import type { Runtime } from '#containers/agent/runtimes/runtime.ts'
import type { AgentRequest } from '#core/contracts/agent-request.ts'
import { CODING_PHASES } from '#core/contracts/phase.ts'
import { claudeReader } from './claude-reader.ts'

/** Claude Code in print mode, as it runs without a person: JSON lines out, stdin closed. */
export const claude: Runtime = {
  id: 'claude',
  capabilities: {
    resume: true,
    mcp: true,
    cost: true,
    budget: true,
    models: true,
  },
  command: (request) => ({
    argv: [
      'claude',
      '--print',
      request.resume?.message ?? request.prompt,
      '--output-format',
      'stream-json',
      '--verbose',
      '--permission-mode',
      'acceptEdits',
      '--add-dir',
      request.outbox,
      '--allowedTools',
      (coding(request) ? ALLOWED : ALLOWED.filter((tool) => !EDITING.includes(tool))).join(' '),
      '--disallowedTools',
      (coding(request) ? DENIED : [...DENIED, ...EDITING]).join(' '),
      '--max-budget-usd',
      String(request.limits.usd),
      ...(request.model === undefined ? [] : ['--model', request.model]),
      ...(request.resume === undefined ? [] : ['--resume', request.resume.sessionId]),
    ],
    env: {
      CLAUDE_CODE_MAX_RETRIES: '3',
      DISABLE_AUTOUPDATER: '1',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    },
  }),
  reader: claudeReader,
}

const coding = ({ phase }: AgentRequest): boolean => CODING_PHASES.includes(phase)

const ALLOWED: readonly string[] = ['Bash', 'Edit', 'Write', 'Read', 'Glob', 'Grep']

/** Off where an agent may only look (E9). Write stays: what it hands in are files. */
const EDITING: readonly string[] = ['Edit', 'NotebookEdit']

/** Interactive tools and pushes are off everywhere (E9, E10). */
const DENIED = [
  'AskUserQuestion',
  'EnterPlanMode',
  'ExitPlanMode',
  'EnterWorktree',
  'ExitWorktree',
  'Bash(git push:*)',
  'Bash(git remote:*)',
]
