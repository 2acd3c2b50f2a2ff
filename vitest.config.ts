import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    setupFiles: ['test/support/seed.ts'],
    // No test says anything by its time: these end what hangs, also where others keep the machine busy.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    pool: 'forks',
    // Files share a worker's modules: half of the time went into loading FHIR's definitions anew for each. Nothing of ours keeps
    // state in a module, and the tests would show it.
    isolate: false,
    maxWorkers: 2,
    reporters: ['default'],
  },
})
