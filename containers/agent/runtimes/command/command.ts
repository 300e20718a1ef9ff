import type { Runtime } from '#containers/agent/runtimes/runtime.ts'
import { lineReader } from './line-reader.ts'

/** Any program that speaks the line protocol: arguments as given, run in the workspace. */
export const commandRuntime = (id: string, argv: readonly [string, ...string[]]): Runtime => ({
  id,
  capabilities: {
    resume: true,
    mcp: false,
    cost: true,
    budget: false,
    models: false,
  },
  command: () => ({ argv, env: {} }),
  reader: lineReader,
})
