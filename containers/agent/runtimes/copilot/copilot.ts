import { SERVER } from '#containers/agent/contract-tools/server-name.ts'
import type { Runtime } from '#containers/agent/runtimes/runtime.ts'
import type { AgentRequest } from '#core/contracts/agent-request.ts'
import { CODING_PHASES } from '#core/contracts/phase.ts'
import { copilotReader } from './copilot-reader.ts'

/** GitHub Copilot's CLI without a person. */
export const copilot: Runtime = {
  id: 'copilot',
  capabilities: { resume: true, mcp: true, cost: false, budget: false, models: true },
  command: (request, tools) => ({
    argv: [
      'copilot',
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
      '--session-id',
      request.resume?.sessionId ?? sessionIdOf(request),
      ...request.args,
    ],
    env: { COPILOT_AUTO_UPDATE: 'false' },
    stdin: request.resume?.message ?? request.prompt,
  }),
  reader: (request) => copilotReader(request.resume?.sessionId ?? sessionIdOf(request)),
}

/** It says its session only at its end, so it is given one: the attempt's nonce as a UUID. */
const sessionIdOf = ({ nonce }: AgentRequest): string =>
  nonce.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5')

/** Pushes are off everywhere (E10). */
const DENIED: readonly string[] = ['shell(git push:*)', 'shell(git remote:*)']
