import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { ProjectConfig } from '#core/contracts/project.ts'
import { FAULTS } from '#core/faults.ts'
import { LocalSettings, PlaneSettings, SupervisorSettings } from '#core/settings.ts'
import { camel, importsOf, kebab, ROOT, type SourceFile, sources } from './sources.ts'

const PARTS = ['core', 'functions', 'containers', 'infra', 'cli']
const code = sources(PARTS)

/** Where each part may import from. Nothing imports `cli`. */
const ARROWS: Record<string, readonly string[]> = {
  core: ['core/'],
  functions: ['core/', 'functions/'],
  containers: ['core/', 'containers/', 'functions/store/'],
  infra: ['core/', 'functions/', 'containers/', 'infra/'],
  cli: ['core/', 'functions/', 'infra/', 'cli/', 'containers/agent/runtimes/'],
}

describe('the arrows', () => {
  test.each(PARTS)('%s imports only what it may', (part) => {
    const wrong = code
      .filter(({ path }) => path.startsWith(`${part}/`))
      .flatMap((file) => importsOf(file).map((to) => ({ from: file.path, to })))
      .filter(({ to }) => !ARROWS[part]?.some((allowed) => to.startsWith(allowed)))
    expect(wrong).toEqual([])
  })

  test('folders that are not next to it are reached by their names, not by dots', () => {
    expect(offenders(({ text }) => /from '\.\.\/\.\./.test(text))).toEqual([])
  })
})

interface State {
  Type: string
  Resource?: string
  Arguments?: { FunctionName?: string }
  Comment?: string
  Retry?: { ErrorEquals: string[] }[]
  Catch?: unknown
  TimeoutSeconds?: unknown
}
const workflows = ['pipeline', 'turn'].map((name) => {
  const text = readFileSync(join(ROOT, 'infra/workflows', `${name}.asl.yaml`), 'utf8')
  return { name, states: Object.entries(parse(text).States as Record<string, State>) }
})
const steps = workflows.flatMap(({ states }) =>
  states.filter(([, state]) => state.Resource?.includes('lambda:invoke')),
)

describe('a state is a file is an export is a test', () => {
  const files = readdirSync(join(ROOT, 'functions/steps')).map((file) => file.replace('.ts', ''))

  test('every state that invokes a function has a step file, and the other way round', () => {
    expect(steps.map(([name]) => kebab(name)).sort()).toEqual(files.sort())
  })

  test.each(steps)('%s names itself, is exported and is tested', (name, state) => {
    expect(state.Arguments?.FunctionName).toBe(`\${${name}}`)
    const text = readFileSync(join(ROOT, `functions/steps/${kebab(name)}.ts`), 'utf8')
    expect(text).toContain(`export const ${camel(name)} = step(`)
    expect(existsSync(join(ROOT, `test/functions/steps/${kebab(name)}.test.ts`))).toBe(true)
  })

  test.each(readdirSync(join(ROOT, 'functions/events')))(
    'the event handler %s is tested',
    (file) => {
      expect(existsSync(join(ROOT, 'test/functions/events', file.replace('.ts', '.test.ts')))).toBe(
        true,
      )
    },
  )
})

describe('the workflows', () => {
  test.each(steps)('%s says what it is for and how long it may take', (_, state) => {
    expect(state.Comment).toBeTruthy()
    expect(state.TimeoutSeconds).toBeTruthy()
  })

  test.each(steps)('%s retries what is transient, and ends at the one exit', (name, state) => {
    if (name === 'RunAgent') expect(state.Retry).toBeUndefined()
    else expect(state.Retry?.[0]?.ErrorEquals).toContain('Lambda.ServiceException')
    if (name !== 'SettleRun') expect(state.Catch).toBeTruthy()
  })

  test('the errors that are retried by name are transient faults', () => {
    const named = steps.flatMap(
      ([, state]) => state.Retry?.flatMap((retry) => retry.ErrorEquals) ?? [],
    )
    const ours = new Set(named.filter((error) => !/^(Lambda|States|StepFunctions)\./.test(error)))
    for (const error of ours) expect(FAULTS).toHaveProperty([error, 'acts'], 'Transient')
  })

  test.each(workflows)('$name has expressions of 80 characters at most', ({ states }) => {
    const expressions = JSON.stringify(states).match(/\{%.*?%\}/g) ?? []
    expect(expressions.filter((expression) => expression.length > 80)).toEqual([])
  })
})

describe('the files', () => {
  const own = code.filter(({ path }) => !path.includes('/sample/handbook/'))

  test('half of them have at most 60 lines, nine of ten at most 150, none over 250', () => {
    const lengths = own.map(({ lines }) => lines).sort((a, b) => a - b)
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(60)
    expect(lengths[Math.floor(lengths.length * 0.9)]).toBeLessThanOrEqual(150)
    expect(own.filter(({ lines }) => lines > 250).map(({ path }) => path)).toEqual([])
  })

  test('a step has at most 40 lines, a test file at most 300', () => {
    const long = sources(['functions/steps']).filter(({ lines }) => lines > 40)
    const tests = sources(['test']).filter(({ lines }) => lines > 300)
    expect([...long, ...tests].map(({ path }) => path)).toEqual([])
  })

  test('each has a name that says something', () => {
    const empty = /(^|\/)(utils?|helpers?|common|shared|misc|manager|base|types)\b/
    expect(offenders(({ path }) => empty.test(path))).toEqual([])
  })

  test('none casts', () => {
    expect(offenders(({ text }) => text.split('\n').some(casts))).toEqual([])
  })

  test('only settings.ts reads the environment', () => {
    const readers = offenders(({ text }) => text.includes('process.env'))
    expect(readers.filter((path) => !AGENTS.test(path))).toEqual(['core/settings.ts'])
  })
})

describe('the settings', () => {
  const everywhere = code.map(({ text }) => text).join('\n')

  test.each(
    [PlaneSettings, SupervisorSettings, LocalSettings].flatMap((group) =>
      Object.entries(group.shape),
    ),
  )('%s is described and read by something', (name, schema) => {
    expect(schema.description).toBeTruthy()
    const reads = everywhere.match(new RegExp(`\\.${name}\\b`, 'g')) ?? []
    expect(reads.length).toBeGreaterThan(0)
  })

  test.each(knobs())('the project setting %s is read by something', (name) => {
    const readers = code.filter(({ path }) => !path.startsWith('core/contracts/'))
    expect(readers.some(({ text }) => new RegExp(`\\b${name}\\b`).test(text))).toBe(true)
  })
})

/** Agents are programs of their own: what they read is the line protocol. */
const AGENTS = /^containers\/agent\/janitor\//

function offenders(offends: (file: SourceFile) => boolean): string[] {
  return code.filter(offends).map(({ path }) => path)
}

/** A cast in a line of code: not in a comment, a text, or a renamed import. */
function casts(line: string): boolean {
  if (/^\s*(\*|\/\/|\/\*|import\b|export\b|\w+ as \w+,$)/.test(line)) return false
  return /[\w)\]}] as (?!const\b)[A-Z{[(]/.test(line.replace(/'[^']*'|"[^"]*"|`[^`]*`/g, "''"))
}

/** The names of all settings of a project, from the contract. */
function knobs(): string[] {
  const Node = z.object({ properties: z.record(z.string(), z.unknown()) })
  const walk = (schema: unknown): string[] => {
    const properties = Node.safeParse(schema).data?.properties ?? {}
    return Object.entries(properties).flatMap(([name, inner]) => [name, ...walk(inner)])
  }
  return walk(z.toJSONSchema(ProjectConfig, { io: 'input' }))
}
