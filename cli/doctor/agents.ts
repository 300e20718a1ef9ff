import type { Project } from '#core/contracts/project.ts'
import { fail, type Judgement, ok, warn, worst } from './diagnosis.ts'

type Known = Pick<Project, 'id' | 'config'>

/** The program that a project's agent is; undefined for the built-in one. */
export const programOf = (agent: string): string | undefined => {
  if (agent === 'janitor') return undefined
  if (!agent.startsWith('command:')) return agent
  const [, quoted, plain] = /^command:\s*(?:'([^']+)'|(\S+))/.exec(agent) ?? []
  return quoted ?? plain
}

/** Whether the programs of all projects' agents can be run. */
export const judgeAgents = (
  projects: readonly Known[],
  isThere: (program: string) => boolean,
): Judgement =>
  worst(
    projects.map(({ id, config }) => {
      const program = programOf(config.agent)
      return program === undefined || isThere(program)
        ? ok(id)
        : fail(
            `${id}: its agent ${program} cannot be run`,
            `Install ${program}, or see its rights.`,
          )
    }),
    `those of ${projects.length} projects can be run`,
  )

/** Whether the keys that projects name are in the environment of the plane. Values are never shown. */
export const judgeKeys = (
  projects: readonly Known[],
  environment: Readonly<Record<string, string | undefined>>,
): Judgement =>
  worst(
    projects.map(({ id, config }) => {
      const missing = config.keys.filter((name) => !environment[name])
      if (missing.length > 0)
        return fail(
          `${id}: ${missing.join(', ')} not in the environment of the plane`,
          `Export ${missing.join(', ')} and start the plane again.`,
        )
      return config.agent === 'claude' && config.keys.length === 0
        ? warn(`${id}: claude is given no key`, 'Name its variable in `keys` of the project.')
        : ok(id)
    }),
    `all that ${projects.length} projects name are there`,
  )
