import { defineConfig } from 'vitest/config'

/** The fast suite: everything under test/ but the slower suites, which have configurations of their own. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/scenarios/**', 'test/agents/**', 'node_modules/**'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
    globalSetup: ['test/leftovers.ts'],
    pool: 'forks',
    maxWorkers: '100%', // By default one core is left idle, half of a small machine.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})
