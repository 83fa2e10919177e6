import { isLongRun } from './long-suites.ts'

/** How much a property or torture test does: `many` in `npm run test:long`, else `few`. */
export const rounds = <T>(few: T, many: T): T => (isLongRun ? many : few)
