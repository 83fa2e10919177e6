import type { Check, CheckContext } from '../check.ts'
import type { FilterGroup } from '../filter-groups.ts'
import { assertModelFilter, assertVersionFilter } from '../filtered-rows.ts'
import { modelFilterGroups } from '../model-filters.ts'
import { versionFilterGroups } from '../version-filters.ts'

const source = 'modelgate/adapter: ListPage.residue'
const why = 'Answers have to be the same on every backend, whatever part of a filter it can do itself.'

/** Fewer in quick mode, and always some of each operator: the step has no factor in common with the tables. */
function chosen<Filter>(filters: readonly Filter[], effort: CheckContext['effort']): readonly Filter[] {
  return effort === 'full' || filters.length <= 12 ? filters : filters.filter((_, index) => index % 7 === 0)
}

function toChecks<Filter>(
  groups: readonly FilterGroup<Filter>[],
  check: (context: CheckContext, filter: Filter) => Promise<void>,
): Check[] {
  return groups.map(({ id, about, filters }) => ({
    id,
    level: 'MUST',
    title: `Filters give ${about}`,
    needs: [],
    why,
    source,
    async run(context) {
      for (const filter of chosen(filters(context.truth), context.effort)) await check(context, filter)
    },
  }))
}

export const filterChecks: readonly Check[] = [
  ...toChecks(modelFilterGroups, assertModelFilter),
  ...toChecks(versionFilterGroups, assertVersionFilter),
]
