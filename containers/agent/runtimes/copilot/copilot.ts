import { SERVER } from '#containers/agent/contract-tools/server-name.ts'
import type { Runtime } from '#containers/agent/runtimes/runtime.ts'
import { CODING_PHASES } from '#core/contracts/phase.ts'
import { copilotReader } from './copilot-reader.ts'

/** GitHub Copilot's CLI without a person. */
export const copilot: Runtime = {
  id: 'copilot',
  capabilities: { resume: true, mcp: true, cost: false, budget: false, models: true },
  command: (request, tools) => ({
    argv: [
      'copilot',
      '--prompt',
      request.resume?.message ?? request.prompt,
      '--output-format',
      'json',
      '--allow-all-tools',
      '--disable-builtin-mcps',
      '--additional-mcp-config',
      JSON.stringify({ mcpServers: { [SERVER]: { type: 'local', tools: ['*'], ...tools } } }),
      ...[...DENIED, ...(CODING_PHASES.includes(request.phase) ? [] : ['write'])].flatMap(
        (tool) => ['--deny-tool', tool],
      ),
      ...(request.model === undefined ? [] : ['--model', request.model]),
      ...(request.resume === undefined ? [] : ['--resume', request.resume.sessionId]),
      ...request.args,
    ],
    env: { COPILOT_AUTO_UPDATE: 'false' },
  }),
  reader: copilotReader,
}

/** Pushes are off everywhere (E10). */
const DENIED: readonly string[] = ['shell(git push:*)', 'shell(git remote:*)']
