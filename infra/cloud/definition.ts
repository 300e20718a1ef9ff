import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { ROOT } from './bundle.ts'

/** A workflow's definition as Step Functions takes it, from its commented file in the repository. */
export const readDefinition = (file: string): string => {
  const definition: unknown = parse(readFileSync(join(ROOT, file), 'utf8'))
  return JSON.stringify(definition)
}
