import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ulid } from 'ulid'
import { STEPS } from './functions.ts'
import { functionArn, PLACE } from './place.ts'
import { openEngine } from './step-functions/engine.ts'
import type { ExecutionStatusChange } from './step-functions/journal/status-changes.ts'
import { systemClock } from './step-functions/system-clock.ts'

/** The workflows that the plane runs, from the files that the cloud deploys. */
export const openWorkflows = (options: {
  journal: string
  call: (name: string, event: unknown) => Promise<unknown>
  publish: (change: ExecutionStatusChange) => Promise<void>
  onWrite?: ((n: number) => void) | undefined
}) => {
  const substitutions = Object.fromEntries(
    Object.keys(STEPS).map((name) => [name, functionArn(name)]),
  )
  return openEngine({
    ...PLACE,
    path: options.journal,
    definitions: ['pipeline', 'turn'].map((name) => ({
      name,
      text: readFileSync(
        fileURLToPath(import.meta.resolve(`#infra/workflows/${name}.asl.yaml`)),
        'utf8',
      ),
      substitutions,
    })),
    functions: (arn) => {
      const name = Object.keys(STEPS).find((step) => functionArn(step) === arn)
      return name === undefined ? undefined : (event) => options.call(name, event)
    },
    publish: options.publish,
    clock: systemClock,
    newId: () => ulid().toLowerCase(),
    random: Math.random,
    ...(options.onWrite && { onWrite: options.onWrite }),
  })
}
