import { readFileSync } from 'node:fs'
import { LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { ProjectConfig } from '#core/contracts/project.ts'
import { nearest } from '#core/nearest.ts'
import { UsageError } from './usage-error.ts'

/** What a configuration file may set; where the repository is comes from the command line. */
const FileConfig = ProjectConfig.partial()
export type FileConfig = z.input<typeof FileConfig>

/** Reads a project's configuration from YAML. Throws UsageErrors that name file, line and field. */
export const readConfig = (file: string): FileConfig => {
  const lines = new LineCounter()
  const document = parseDocument(readText(file), { lineCounter: lines })
  const [broken] = document.errors
  if (broken) {
    const { line } = lines.linePos(broken.pos[0])
    throw new UsageError(`${file}:${line}: ${broken.message.split('\n', 1)[0]}`)
  }
  const value: unknown = document.toJS() ?? {}
  const parsed = FileConfig.safeParse(value)
  if (parsed.success) return z.record(z.string(), z.unknown()).parse(value)
  const [issue] = parsed.error.issues
  const path = issue?.path ?? []
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const field = [...path, ...(unknown === undefined ? [] : [unknown])]
  const node = document.getIn(field.length > 0 ? field : path, true)
  const line = lineOf(node, lines)
  const hint = unknown === undefined ? issue?.message : `unknown key${near(unknown, path)}`
  throw new UsageError(`${file}${line}: ${field.join('.') || 'the file'}: ${hint}`)
}

const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(
      `${file} cannot be read: ${error instanceof Error ? error.message : error}`,
    )
  }
}

const lineOf = (node: unknown, lines: LineCounter): string => {
  const range =
    typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined
  const at: unknown = Array.isArray(range) ? range[0] : undefined
  return typeof at === 'number' ? `:${lines.linePos(at).line}` : ''
}

const near = (key: string, path: readonly PropertyKey[]): string => {
  const known = keysAt(path)
  const guess = nearest(key, known)
  return guess === undefined ? `; known are ${known.join(', ')}` : `; did you mean ${guess}?`
}

/** The keys that a part of the configuration knows, from the contract itself. */
const keysAt = (path: readonly PropertyKey[]): string[] => {
  const schema: unknown = z.toJSONSchema(ProjectConfig, { io: 'input' })
  const Node = z.object({ properties: z.record(z.string(), z.unknown()) })
  let node = Node.safeParse(schema).data
  for (const key of path) node = Node.safeParse(node?.properties[String(key)]).data
  return Object.keys(node?.properties ?? {})
}
