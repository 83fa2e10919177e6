import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { LongFilesFirst } from './test/environment/long-files-first.ts'
import { findLongSuites, isLongRun } from './test/environment/long-suites.ts'
import { makeProcessesQuick } from './test/environment/quick-processes.ts'

makeProcessesQuick(process.env)

const unit = 'test/**/*.test.ts'
const backends = 'test/**/*.backends.test.ts'
const longTimeouts = { testTimeout: 15 * 60_000, hookTimeout: 5 * 60_000 }

/**
 * More than cores, as one file waits for servers, processes and clocks while others work; but no more than the servers
 * have answers for, as there is one of each.
 */
const maxWorkers = Math.min(availableParallelism() + 1, 8)

/** Our code imports the ES module of graphql and Apollo requires the other one: two copies do not know each other. */
const resolve = { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] }

export default defineConfig({
  test: {
    sequence: { sequencer: LongFilesFirst },
    projects: [
      {
        resolve,
        test: {
          name: 'unit',
          // Loading the same modules again for each file takes as long as half of the tests.
          isolate: false,
          include: isLongRun ? findLongSuites(unit, [backends]) : [unit],
          exclude: [backends],
          maxWorkers,
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
          maxWorkers,
          ...(isLongRun ? longTimeouts : { testTimeout: 120_000, hookTimeout: 240_000 }),
        },
      },
    ],
  },
})
