import { join } from 'node:path'
import { chat } from './servers/chat.ts'
import { messages } from './servers/messages.ts'
import type { Protocol } from './servers/model-server.ts'
import { responses } from './servers/responses.ts'
import type { Shell } from './whole-run.ts'

/** How a real CLI is pointed at a scripted model. */
export interface RealAgent {
  readonly id: string
  readonly protocols: readonly Protocol[]
  readonly shell: Shell
  /** What a project says so that the CLI asks the model at `url`. */
  config(url: string): Record<string, unknown>
  /** The plane's environment, besides what every plane gets: dummy keys. */
  readonly keys: Record<string, string>
}

const bash: Shell = (command) => ({ tool: 'Bash', input: { command, description: 'run it' } })
const smallBash: Shell = (command) => ({ tool: 'bash', input: { command, description: 'run it' } })

export const AGENTS: readonly RealAgent[] = [
  {
    id: 'claude',
    protocols: [messages],
    shell: bash,
    keys: { ANTHROPIC_API_KEY: 'dummy' },
    config: (url) => ({ variables: { ANTHROPIC_BASE_URL: url }, keys: ['ANTHROPIC_API_KEY'] }),
  },
  {
    id: 'codex',
    protocols: [responses],
    shell: (command) => ({ tool: 'exec_command', input: { cmd: command } }),
    keys: { MODEL_KEY: 'dummy' },
    config: (url) => ({
      models: ['gpt-5.4'],
      keys: ['MODEL_KEY'],
      agentArgs: [
        ...['-c', 'model_provider="scripted"'],
        '-c',
        `model_providers.scripted={name="scripted",base_url="${url}/v1",env_key="MODEL_KEY",wire_api="responses"}`,
      ],
    }),
  },
  {
    id: 'opencode',
    protocols: [chat],
    shell: smallBash,
    keys: { MODEL_KEY: 'dummy' },
    config: (url) => ({
      models: ['scripted/model'],
      keys: ['MODEL_KEY'],
      variables: {
        OPENCODE_CONFIG: join(process.cwd(), 'test/agents/opencode.json'),
        MODEL_URL: `${url}/v1`,
      },
    }),
  },
  {
    id: 'copilot',
    protocols: [chat],
    shell: smallBash,
    keys: { COPILOT_PROVIDER_API_KEY: 'dummy' },
    config: (url) => ({
      models: ['gpt-5.4'],
      keys: ['COPILOT_PROVIDER_API_KEY'],
      variables: {
        COPILOT_OFFLINE: 'true',
        COPILOT_PROVIDER_BASE_URL: `${url}/v1`,
        COPILOT_PROVIDER_TYPE: 'openai',
        COPILOT_MODEL: 'gpt-5.4',
      },
    }),
  },
]
