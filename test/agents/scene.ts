import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { stringify } from 'yaml'
import { makeSample } from '#infra/local/sample/make-sample.ts'
import { vigilOnce } from '#test/scenarios/plane-process.ts'
import type { RealAgent } from './runtimes.ts'
import {
  type Asked,
  type ModelServer,
  openModelServer,
  type Reply,
} from './servers/model-server.ts'

/** Where the CLIs of `scripts/agents.ts` are. */
export const CACHE = process.env.VIGIL_AGENTS ?? join(homedir(), '.cache/vigil/agents')

/** A sample repository, a scripted model, and the command line with a real agent. */
export const openAgentScene = async (agent: RealAgent, script: (asked: Asked) => Reply) => {
  const home = mkdtempSync(join(tmpdir(), 'vigil-agent-'))
  const repo = join(home, 'repo')
  await makeSample(repo, new Date())
  const server: ModelServer = await openModelServer(agent.protocols, script)
  return {
    home,
    repo,
    server,
    /** One run; answers what `vigil run --json` said. */
    run: async (config: Record<string, unknown> = {}, args: string[] = []) => {
      const file = join(home, 'vigil.yaml')
      const { variables, ...rest } = agent.config(server.url)
      writeFileSync(
        file,
        stringify({
          ...rest,
          ...config,
          variables: { ...Object(variables), ...Object(config.variables) },
        }),
      )
      const { stdout, stderr, exit } = await vigilOnce(
        home,
        [
          'run',
          '--repo',
          repo,
          '--agent',
          agent.id,
          '--unsandboxed',
          '--config',
          file,
          '--json',
          ...args,
        ],
        { ...agent.keys, PATH: `${CACHE}/node_modules/.bin:${process.env.PATH}` },
      )
      return { exit, stderr, answer: stdout === '' ? undefined : JSON.parse(stdout) }
    },
    /** A file of a cycle, once it is brought home. */
    fileAtHead: async (cycle: string, path: string): Promise<string> => {
      await vigilOnce(home, ['apply', cycle, '--json'])
      const { stdout } = await execa('git', ['-C', repo, 'show', `vigil/${cycle}:${path}`])
      return stdout
    },
    close: async () => {
      await server.close()
      rmSync(home, { recursive: true, force: true })
    },
  }
}
