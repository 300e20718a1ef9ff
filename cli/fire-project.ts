import { join } from 'node:path'
import { ulid } from 'ulid'
import { ProjectConfig } from '#core/contracts/project.ts'
import { FORCEABLE } from '#core/decisions/gates.ts'
import { makeSample } from '#infra/local/sample/make-sample.ts'
import { agentOf } from './agent.ts'
import type { Client } from './client.ts'
import { dataFolder } from './home.ts'
import type { Output } from './output.ts'
import { readConfig } from './read-config.ts'
import { projectIdOf, sourceOf } from './repository.ts'
import { answerFire } from './run-answer.ts'
import { UsageError } from './usage-error.ts'

/** What `npm start` and `vigil run` take. */
export interface FireOptions {
  readonly repo?: string
  readonly agent?: string
  readonly config?: string
  readonly copy?: boolean
  readonly unsandboxed?: boolean
  readonly propose?: boolean
  readonly force?: string[]
  readonly task?: string
}

/** A project and a fire of it, checked before anything is started. */
export interface FireOrder {
  readonly projectId: string
  readonly config: ProjectConfig
  readonly options: FireOptions
  readonly sample: boolean
}

/** The gates that are to be passed. Throws a UsageError when one of them cannot be. */
export const checkedGates = (force: string[] = []): string[] => {
  for (const gate of force)
    if (!FORCEABLE.includes(gate))
      throw new UsageError(`the gate ${gate} cannot be forced; these can: ${FORCEABLE.join(', ')}`)
  return force
}

/** Reads the options of a fire. Throws UsageErrors. */
export const orderOf = (options: FireOptions): FireOrder => {
  checkedGates(options.force)
  const sample = options.repo === undefined
  const source =
    options.repo === undefined
      ? { location: join(dataFolder(), 'sample') }
      : sourceOf(options.repo, options.copy ?? false)
  const config = ProjectConfig.parse({
    ...(options.config !== undefined && readConfig(options.config)),
    source,
    ...(options.agent !== undefined && { agent: agentOf(options.agent) }),
    ...(options.unsandboxed && { unsandboxed: true }),
  })
  return { projectId: sample ? 'sample' : projectIdOf(config.source), config, options, sample }
}

/** Saves the project, fires it and follows the run to its end. Answers the exit code. */
export const fireProject = async (
  client: Client,
  { projectId, config, options, sample }: FireOrder,
  output: Output,
): Promise<number> => {
  if (sample) await makeSample(config.source.location, new Date())
  output.line(`${projectId}: ${config.source.location} (agent ${config.agent})`)
  await client.saveProject(projectId, config)
  const order = {
    force: options.force ?? [],
    propose: options.propose ?? false,
    ...(options.task !== undefined && { task: options.task }),
  }
  const fired = await client.fire(projectId, order, ulid())
  return answerFire(client, fired, output)
}
