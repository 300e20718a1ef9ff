import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AttemptRequest } from '#core/contracts/attempt-request.ts'
import type { SupervisorSettings } from '#core/settings.ts'
import { REQUEST_FILE } from './agent-environment.ts'
import { type AsAgent, asAgent } from './processes/as-agent.ts'
import { inSandbox, installations } from './processes/sandbox.ts'
import type { Folders } from './workspace/folders.ts'

/** How programs are kept from what is not theirs. */
export interface Walls {
  /** Around the agent, and the commands of a repository. */
  readonly agent: AsAgent
  /** Around git, which needs the origin and the plane's own folders of the attempt besides. */
  readonly git: AsAgent
}

/** In a container it is another uid, in a sandbox another view of the machine (A7). */
export const wallsOf = (
  settings: SupervisorSettings,
  { root, repo, home, outbox, proof }: Folders,
  request: AttemptRequest,
  path: string,
): Walls => {
  const asUid = asAgent(settings.VIGIL_AGENT_UID)
  if (settings.VIGIL_SANDBOX !== 'bubblewrap') return { agent: asUid, git: asUid }
  const hidden = settings.VIGIL_HIDDEN
  const covered = [...hidden, '/tmp']
  const programs = [
    CODE,
    dirname(dirname(process.execPath)),
    ...installations(path, covered),
    ...ownProgram(request.agent, covered),
  ]
  const { origin, source } = request
  const origins = [source, origin.kind === 'source' ? origin.source : undefined]
  const agent = inSandbox({
    hidden,
    readable: [...programs, join(root, REQUEST_FILE)],
    writable: [repo, home, outbox, proof],
  })
  const git = inSandbox({
    hidden,
    readable: [...programs, ...origins.flatMap((one) => localPath(one?.location))],
    writable: [root],
  })
  return { agent, git }
}

/** A `command` agent's own program with what lies beside it, unless that is all of somebody's. */
const ownProgram = (agent: string, covered: readonly string[]): string[] => {
  const [, quoted, plain] = /^command:(?:'(\/[^']*)'|(\/\S*))/.exec(agent) ?? []
  const program = quoted ?? plain
  if (program === undefined) return []
  return [covered.includes(dirname(program)) ? program : dirname(program)]
}

const localPath = (location: string | undefined): string[] => {
  if (location?.startsWith('/')) return [location]
  return location?.startsWith('file://') ? [fileURLToPath(location)] : []
}

/** Vigil's own programs: the janitor and the contract tools. */
const CODE = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')
