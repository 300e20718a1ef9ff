import { SERVER } from '#containers/agent/contract-tools/server-name.ts'
import type { ContractTools, Runtime } from '#containers/agent/runtimes/runtime.ts'
import type { AgentRequest } from '#core/contracts/agent-request.ts'
import { CODING_PHASES } from '#core/contracts/phase.ts'
import { opencodeReader } from './opencode-reader.ts'

/** opencode without a person; its configuration travels in a variable, over what a project has. */
export const opencode: Runtime = {
  id: 'opencode',
  capabilities: { resume: true, mcp: true, cost: true, budget: false, models: true },
  command: (request, tools) => ({
    argv: [
      'opencode',
      'run',
      '--format',
      'json',
      ...(request.model === undefined ? [] : ['--model', request.model]),
      ...(request.resume === undefined ? [] : ['--session', request.resume.sessionId]),
      ...request.args,
    ],
    env: {
      OPENCODE_CONFIG_CONTENT: JSON.stringify(configuration(request, tools)),
      OPENCODE_DISABLE_AUTOUPDATE: 'true',
      OPENCODE_DISABLE_LSP_DOWNLOAD: 'true',
      OPENCODE_DISABLE_MODELS_FETCH: 'true',
    },
    stdin: request.resume?.message ?? request.prompt,
  }),
  reader: opencodeReader,
}

/** Nobody is asked: what is not allowed is denied (E9, E10, T19). */
const configuration = ({ phase }: AgentRequest, { command, args, env }: ContractTools) => ({
  autoupdate: false,
  share: 'disabled',
  mcp: {
    [SERVER]: { type: 'local', command: [command, ...args], environment: env, enabled: true },
  },
  permission: {
    edit: CODING_PHASES.includes(phase) ? 'allow' : 'deny',
    bash: { '*': 'allow', 'git push*': 'deny', 'git remote*': 'deny' },
    question: 'deny',
    external_directory: 'allow',
  },
})
