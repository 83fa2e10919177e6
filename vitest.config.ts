import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { findLongSuites, isLongRun } from './test/environment/long-suites.ts'
import { makeProcessesQuick } from './test/environment/quick-processes.ts'

makeProcessesQuick(process.env)

const unit = 'test/**/*.test.ts'
const backends = 'test/**/*.backends.test.ts'
const longTimeouts = { testTimeout: 15 * 60_000, hookTimeout: 5 * 60_000 }

/** Our code imports the ES module of graphql and Apollo requires the other one: two copies do not know each other. */
const resolve = { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] }

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        test: {
          name: 'unit',
          // Loading the same modules again for each file takes as long as half of the tests.
          isolate: false,
          include: isLongRun ? findLongSuites(unit, [backends]) : [unit],
          exclude: [backends],
          // Not 0, which Vitest puts last where there is one worker.
          sequence: { groupOrder: 1 },
          // Vitest leaves one core free, which is half of a small machine.
          maxWorkers: availableParallelism(),
          ...(isLongRun ? longTimeouts : { testTimeout: 30_000, hookTimeout: 60_000 }),
        },
      },
      {
        resolve,
        test: {
          name: 'backends',
          isolate: false,
          include: isLongRun ? findLongSuites(backends, []) : [backends],
          globalSetup: ['test/environment/global-setup.ts'],
          // After the unit tests, and on two cores for each file: the servers need the processor too. But two at a
          // time, as one waits for its server while the other works.
          sequence: { groupOrder: 2 },
          maxWorkers: Math.max(2, Math.floor(availableParallelism() / 2)),
          ...(isLongRun ? longTimeouts : { testTimeout: 120_000, hookTimeout: 240_000 }),
        },
      },
    ],
  },
})
