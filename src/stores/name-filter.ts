import type { Filter, TextTest } from '../contract/index.ts'

/** On the name of a model; all tests have to hold. */
export type NameFilter = Filter<{ readonly kind: 'name'; readonly tests: readonly TextTest[] }>
