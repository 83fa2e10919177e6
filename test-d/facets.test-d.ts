/** That the rows of the facets are those of the contract's types: see adapter.test-d.ts for how it is compiled. */
import type { FacetTable } from '../src/contract/facet-row.ts'
import { facets, type Lack, type ReadOperation, type WriteOperation } from '../src/contract/facets.ts'

// Every facet of an adapter has a row, and every row a facet.
const { runs, ...others } = facets
export const whole: FacetTable = { ...others, runs }
// @ts-expect-error
export const withoutRuns: FacetTable = others
// @ts-expect-error
export const withStranger: FacetTable = { ...facets, strangers: { inReadOnly: true, members: {} } }

// So has every member, which is asked as its type says and may be left out only where it may be there.
// @ts-expect-error
export const withoutGet: FacetTable = { ...others, runs: { ...runs, members: {} } }
export const notABatch: FacetTable = {
  ...others,
  // @ts-expect-error
  runs: { ...runs, members: { get: { asks: 'answer' } } },
}
export const optionalGet: FacetTable = {
  ...others,
  // @ts-expect-error
  runs: { ...runs, members: { get: { ...runs.members.get, optional: true } } },
}
// @ts-expect-error
export const mandatoryRuns: FacetTable = { ...others, runs: { inReadOnly: true, members: runs.members } }

export const lack: Lack = 'alias writes'
export const read: ReadOperation = 'runs.get'
export const write: WriteOperation = 'aliases.set'
// @ts-expect-error
export const readAsWrite: WriteOperation = 'runs.get'
// @ts-expect-error
export const notAsked: WriteOperation = 'versions.keepsNotes'
