import { SERVER } from '#containers/agent/contract-tools/server-name.ts'
import type { ContractTools, Runtime } from '#containers/agent/runtimes/runtime.ts'
import { codexReader } from './codex-reader.ts'

/**
 * Codex without a person. Its own sandbox and its questions are off, for the task is the wall; it has
 * no switch for its edit tool, so what it changes where it may only look is thrown away (D4).
 */
export const codex: Runtime = {
  id: 'codex',
  capabilities: { resume: true, mcp: true, cost: false, budget: false, models: true },
  command: (request, tools) => ({
    argv: [
      'codex',
      'exec',
      ...(request.resume === undefined ? [] : ['resume']),
      '--json',
      '--skip-git-repo-check',
      '--dangerously-bypass-approvals-and-sandbox',
      ...settings({
        'analytics.enabled': false,
        check_for_update_on_startup: false,
        ...serverSettings(tools),
      }),
      ...(request.model === undefined ? [] : ['--model', request.model]),
      ...request.args,
      ...(request.resume === undefined ? [] : [request.resume.sessionId]),
      '-',
    ],
    env: {},
    stdin: request.resume?.message ?? request.prompt,
  }),
  reader: codexReader,
}

const serverSettings = ({ command, args, env }: ContractTools): Record<string, unknown> => ({
  [`mcp_servers.${SERVER}.command`]: command,
  [`mcp_servers.${SERVER}.args`]: args,
  ...Object.fromEntries(
    Object.entries(env).map(([name, value]) => [`mcp_servers.${SERVER}.env.${name}`, value]),
  ),
})

/** Values are TOML; of these kinds JSON is. */
const settings = (values: Record<string, unknown>): string[] =>
  Object.entries(values).flatMap(([key, value]) => ['-c', `${key}=${JSON.stringify(value)}`])
