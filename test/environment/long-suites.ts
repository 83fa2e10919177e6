import { globSync, readFileSync } from 'node:fs'

/** Whether this is `npm run test:long`. */
export const isLongRun = process.env.MODELGATE_TEST_ROUNDS === 'long'

/** The test files that repeat themselves by `rounds`: what a long run consists of. */
export const findLongSuites = (pattern: string, exclude: readonly string[]): string[] =>
  globSync(pattern, { exclude: [...exclude] }).filter((path) =>
    readFileSync(path, 'utf8').includes('environment/rounds.ts'),
  )
