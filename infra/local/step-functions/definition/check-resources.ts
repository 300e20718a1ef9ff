import { type Diagnostic, schemaFault } from './diagnostic.ts'
import type { Definition } from './schema.ts'

/** Refuses tasks that the engine can't carry out. A function may also be named by its ARN. */
export function checkResources(
  { States }: Definition,
  resources: ReadonlySet<string>,
): Diagnostic[] {
  return Object.entries(States).flatMap(([name, state]) => {
    if (state.Type !== 'Task') return []
    const { Resource: resource, Arguments: args } = state
    const location = `/States/${name}`
    if (!resources.has(resource) && !isFunction(resource)) {
      return [
        schemaFault(
          `Resource '${resource}' is not supported by this engine`,
          `${location}/Resource`,
        ),
      ]
    }
    return unknownArguments(resource, args).map((field) =>
      schemaFault(`Field '${field}' is not supported by this engine`, `${location}/Arguments`),
    )
  })
}

function isFunction(resource: string): boolean {
  return /^arn:aws:lambda:[a-z0-9-]+:\d{12}:function:[^:]+(:[^:]+)?$/.test(resource)
}

function unknownArguments(resource: string, args: unknown): string[] {
  const known = ARGUMENTS.find(([start]) => resource.startsWith(start))?.[1]
  if (!known || typeof args !== 'object' || args === null) return []
  return Object.keys(args).filter((field) => !known.includes(field))
}

const ARGUMENTS: [string, string[]][] = [
  ['arn:aws:states:::lambda:invoke', ['FunctionName', 'Payload']],
  ['arn:aws:states:::states:startExecution', ['StateMachineArn', 'Name', 'Input']],
]
