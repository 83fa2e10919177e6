import type { Check, CheckContext } from '../check.ts'
import type { FilterGroup } from '../filters/filter-groups.ts'
import {
  assertBareModelFilter,
  assertBareVersionFilter,
  assertModelFilter,
  assertVersionFilter,
} from '../filters/filtered-rows.ts'
import { modelFilterGroups } from '../filters/model-filters.ts'
import { versionFilterGroups } from '../filters/version-filters.ts'

const source = 'modelgate/adapter: ListPage.residue'
const why = 'Answers have to be the same on every backend, whatever part of a filter it can do itself.'

/** Fewer in quick mode, and always some of each operator: the step has no factor in common with the tables. */
function chosen<Filter>(filters: readonly Filter[], effort: CheckContext['effort']): readonly Filter[] {
  return effort === 'full' || filters.length <= 12 ? filters : filters.filter((_, index) => index % 7 === 0)
}

type Assert<Filter> = (context: CheckContext, filter: Filter) => Promise<void>

/** Each filter beside the prefix of the fixture, and, as an adapter may treat it otherwise, with nothing around it. */
function toChecks<Filter>(
  groups: readonly FilterGroup<Filter>[],
  assertBeside: Assert<Filter>,
  assertBare: Assert<Filter>,
): Check[] {
  return groups.map(({ id, about, filters }) => ({
    id,
    level: 'MUST',
    title: `Filters give ${about}`,
    needs: [],
    why,
    source,
    async run(context) {
      for (const [index, filter] of chosen(filters(context.truth), context.effort).entries()) {
        await assertBeside(context, filter)
        if (context.effort === 'full' || index % 2 === 0) await assertBare(context, filter)
      }
    },
  }))
}

export const filterChecks: readonly Check[] = [
  ...toChecks(modelFilterGroups, assertModelFilter, assertBareModelFilter),
  ...toChecks(versionFilterGroups, assertVersionFilter, assertBareVersionFilter),
]
