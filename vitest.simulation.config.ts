import { defineConfig } from 'vitest/config'

/** Random schedules of faults and messages against steps and decisions on a virtual clock. */
export default defineConfig({
  test: {
    include: ['test/simulation/**/*.simulation.ts'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
    pool: 'forks',
    testTimeout: 120_000,
  },
})
