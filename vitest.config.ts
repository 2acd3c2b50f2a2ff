import { defineConfig } from 'vitest/config'

// Where the run of everything wants to know how long each file took (scripts/slowest.ts).
const times = process.env.TIMES

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
    // Two cores are what there is at the least; a file waits for a third of its time.
    maxWorkers: 3,
    reporters: times === undefined ? ['default'] : ['default', 'json'],
    outputFile: { json: `${times}/units.json` },
  },
})
