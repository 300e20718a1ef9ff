import { readFileSync } from 'node:fs'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import { entries, HANDLERS, pascalCase } from '#infra/cloud/handlers.ts'
import { synth } from './synth.ts'

const { all } = synth()

/** Services whose actions are granted function by function, by the client that asks them. */
const SERVICES = { ecs: 'ecs', sfn: 'states', eventbridge: 'events' } as const

/** What a module asks of those services: the commands that it makes. */
const asked = (module: string): string[] =>
  Object.entries(SERVICES).flatMap(([client, prefix]) => {
    const [, imported = ''] =
      new RegExp(`import \\{([^}]+)\\} from '@aws-sdk/client-${client}'`).exec(module) ?? []
    return [...imported.matchAll(/\b(\w+)Command\b/g)].map(([, action]) => `${prefix}:${action}`)
  })

/** What all modules of an entry ask. */
const askedBy = async (contents: string): Promise<string[]> => {
  const { metafile } = await build({
    stdin: { contents, resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  })
  const modules = Object.keys(metafile.inputs).filter((path) => path !== '<stdin>')
  return [...new Set(modules.flatMap((path) => asked(readFileSync(path, 'utf8'))))].sort()
}

const allowed = (role: RegExp): string[] => {
  const found = all('AWS::IAM::Policy').filter(([id]) => role.test(id))
  expect(found).toHaveLength(1)
  const actions: string[] = found
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
    .flatMap(({ Action }) => Action)
  return actions.filter((action) => /^(ecs|states|events):/.test(action)).sort()
}

test.for([...HANDLERS.steps, ...HANDLERS.events, 'api'] as const)(
  '%s is allowed what its code asks of ECS, Step Functions and EventBridge, and no more',
  async (name) => {
    const role = new RegExp(`(^|[a-z])${pascalCase(name)}RoleDefaultPolicy`)
    expect(allowed(role)).toEqual(await askedBy(entries()[name]))
  },
)

test('a task is allowed what the supervisor asks of them, and no more', async () => {
  const main = "import '#containers/agent/main.ts'"
  expect(allowed(/^TaskTaskRole/)).toEqual(await askedBy(main))
})

test('whoever starts or registers tasks may pass their roles', () => {
  const passing = all('AWS::IAM::Policy')
    .filter(([, { Properties }]) => JSON.stringify(Properties).includes('iam:PassRole'))
    .map(([id]) => id.replace(/RoleDefaultPolicy.*/, ''))
  expect(passing.sort()).toEqual(['Api', 'TurnRunAgent'])
})
