/** How often a torture or property test repeats itself: `many` in `npm run test:long`, else `few`. */
export const rounds = (few: number, many: number): number =>
  process.env.MODELGATE_TEST_ROUNDS === 'long' ? many : few
