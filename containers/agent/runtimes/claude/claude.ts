import { SERVER } from '#containers/agent/contract-tools/server-name.ts'
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
  command: (request, tools) => ({
    argv: [
      'claude',
      '--print',
      '--output-format',
      'stream-json',
      '--verbose',
      '--permission-mode',
      'acceptEdits',
      '--mcp-config',
      JSON.stringify({ mcpServers: { [SERVER]: tools } }),
      '--strict-mcp-config',
      '--allowedTools',
      [...(coding(request) ? [...LOOKING, ...EDITING] : LOOKING), `mcp__${SERVER}`].join(' '),
      '--disallowedTools',
      (coding(request) ? DENIED : [...DENIED, ...EDITING]).join(' '),
      '--max-budget-usd',
      String(request.limits.usd),
      ...request.args,
      ...(request.model === undefined ? [] : ['--model', request.model]),
      ...(request.resume === undefined ? [] : ['--resume', request.resume.sessionId]),
    ],
    env: {
      CLAUDE_CODE_MAX_RETRIES: '3',
      ENABLE_TOOL_SEARCH: 'false', // The contract tools are to be there at once.
      DISABLE_AUTOUPDATER: '1',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    },
    stdin: request.resume?.message ?? request.prompt, // An argument has a limit, this has none.
  }),
  reader: claudeReader,
}

const coding = ({ phase }: AgentRequest): boolean => CODING_PHASES.includes(phase)

const LOOKING: readonly string[] = ['Bash', 'Read', 'Glob', 'Grep']

/** Off where an agent may only look (E9). */
const EDITING: readonly string[] = ['Edit', 'Write', 'NotebookEdit']

/** Interactive tools and pushes are off everywhere (E9, E10). */
const DENIED = [
  'AskUserQuestion',
  'EnterPlanMode',
  'ExitPlanMode',
  'EnterWorktree',
  'CronCreate',
  'ScheduleWakeup',
  'ExitWorktree',
  'Bash(git push:*)',
  'Bash(git remote:*)',
]
