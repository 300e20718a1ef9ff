import type { z } from 'zod'
import { type Diagnostic, schemaFault } from './diagnostic.ts'

/** Says zod's issues as diagnostics that name the state and the field. */
export function schemaFaults(issues: readonly z.core.$ZodIssue[], value: unknown): Diagnostic[] {
  return issues.flatMap((issue) => {
    const location = `/${issue.path.join('/')}`
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) =>
        schemaFault(`Field '${key}' is not supported by this engine`, location),
      )
    }
    if (isMissing(issue.path, value)) {
      const parent = `/${issue.path.slice(0, -1).join('/')}`
      return [schemaFault(`These fields are required: [${String(issue.path.at(-1))}]`, parent)]
    }
    return [schemaFault(messageOf(issue), location)]
  })
}

function isMissing(path: readonly PropertyKey[], value: unknown): boolean {
  let here = value
  for (const key of path) {
    if (typeof here !== 'object' || here === null) return false
    here = Reflect.get(here, key)
  }
  return here === undefined
}

// A union says only that nothing matched: what its last member missed is what the author should read.
function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_union') return issue.message
  return issue.errors.map((errors) => errors[0]?.message).join(', or ') || issue.message
}
