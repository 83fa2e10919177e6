import { isLongRun } from './long-suites.ts'

/** How often a property or torture test repeats itself: `many` in `npm run test:long`, else `few`. */
export const rounds = (few: number, many: number): number => (isLongRun ? many : few)
