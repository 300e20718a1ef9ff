import { defineConfig } from 'vitest/config'

/** Whole runs with the real CLIs of agents, which ask scripted models on loopback. */
export default defineConfig({
  test: {
    include: ['test/agents/**/*.test.ts'],
    globalSetup: ['test/leftovers.ts'],
    pool: 'forks',
    testTimeout: 300_000,
    hookTimeout: 30_000,
    maxWorkers: 1,
  },
})
