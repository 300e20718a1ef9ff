import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const runs = { execArgv: ['--disable-warning=ExperimentalWarning'], testTimeout: 120_000 }
const inMemory = fileURLToPath(import.meta.resolve('#test/simulation/table/open-memory-store.ts'))

/**
 * Random schedules of faults and messages against steps and decisions on a virtual clock. The table
 * in memory that they play on is held to the store's own contract.
 */
export default defineConfig({
  test: {
    pool: 'forks',
    projects: [
      { test: { ...runs, name: 'laws', include: ['test/simulation/**/*.simulation.ts'] } },
      {
        resolve: { alias: [{ find: /^\.\/open-test-store\.ts$/, replacement: inMemory }] },
        test: {
          ...runs,
          name: 'table in memory',
          include: ['test/functions/store/{change-run,entity,listing,slots}.test.ts'],
        },
      },
    ],
  },
})
