import { defineConfig } from 'vitest/config'

/** Whole runs over the command line, with real processes that are killed. */
export default defineConfig({
  test: {
    include: ['test/scenarios/**/*.test.ts'],
    globalSetup: ['test/leftovers.ts'],
    pool: 'forks',
    testTimeout: 90_000,
    hookTimeout: 30_000,
    maxWorkers: 2,
  },
})
