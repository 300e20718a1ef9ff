import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { App } from 'aws-cdk-lib'
import { readContext } from '#infra/cloud/context.ts'
import { ControlPlane } from '#infra/cloud/control-plane.ts'
import { entries } from '#infra/cloud/handlers.ts'
import { scratch } from './scratch.ts'

/** A resource as CloudFormation gets it. */
export interface Resource {
  readonly Type: string
  // biome-ignore lint/suspicious/noExplicitAny: a template has no types worth their while here
  readonly Properties: any
  readonly DeletionPolicy?: string
  readonly UpdateReplacePolicy?: string
  readonly DependsOn?: string[]
}

process.env.CDK_VALIDATION = 'false'

/** The app and its template, as `cdk.json` would have them, with stand-ins for the bundles. */
export const synth = (context: Record<string, unknown> = {}) => {
  const folder = scratch()
  const bundles = join(folder, 'bundles')
  for (const name of Object.keys(entries())) {
    mkdirSync(join(bundles, name), { recursive: true })
    writeFileSync(join(bundles, name, 'index.mjs'), `// ${name}`)
  }
  const deployed = JSON.parse(readFileSync('cdk.json', 'utf8')).context
  const app = new App({ outdir: join(folder, 'cdk.out'), context: { ...deployed, ...context } })
  const stack = new ControlPlane(app, 'Vigil', { context: readContext(app.node), bundles })
  const assembly = app.synth()
  const template: { Resources: Record<string, Resource> } =
    assembly.getStackByName('Vigil').template
  return {
    app,
    stack,
    template,
    assembly,
    all: (type: string): [string, Resource][] =>
      Object.entries(template.Resources).filter(([, resource]) => resource.Type === type),
    only: (type: string): Resource => {
      const found = Object.values(template.Resources).filter((resource) => resource.Type === type)
      if (found.length !== 1 || !found[0]) throw new Error(`${found.length} of ${type}`)
      return found[0]
    },
  }
}

/** A function's resource by the name of its handler. */
export const functionNamed = ({ all }: ReturnType<typeof synth>, id: string): Resource => {
  const found = all('AWS::Lambda::Function').find(([logicalId]) =>
    new RegExp(`(^|[a-z])${id}Function[0-9A-F]{8}$`).test(logicalId),
  )
  if (!found) throw new Error(`no function ${id}`)
  return found[1]
}

/** A reference as text, for what a test says about it. */
export const flat = (value: unknown): string => {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(flat).join('')
  if (typeof value !== 'object' || value === null) return ''
  if ('Fn::Join' in value) {
    const [by, parts] = value['Fn::Join'] as [string, unknown[]]
    return parts.map(flat).join(by)
  }
  if ('Fn::GetAtt' in value) return `<${(value['Fn::GetAtt'] as string[]).join('.')}>`
  if ('Ref' in value) return `<${value.Ref}>`
  return `<${Object.keys(value).join()}>`
}
