import type { EventArguments } from '../../federation/catalog/list-events.ts'
import type { FederatedModel, FederatedVersion } from '../../federation/records/records.ts'
import type { EventFilter, ModelEventsArgs, QueryChangesArgs } from '../generated/resolver-types.ts'
import { pageSize } from './page-size.ts'
import { textTests } from './to-filter.ts'

/** @throws InputError */
export function toEventArguments({
  since,
  from,
  to,
  where,
  first,
}: Partial<QueryChangesArgs>): EventArguments {
  return {
    since: since || null,
    field: 'since',
    descending: false,
    from: from ?? null,
    to: to ?? null,
    kinds: where?.kinds ?? null,
    registries: where?.registries ?? null,
    model: testsOf(where?.model),
    version: null,
    actor: testsOf(where?.actor),
    key: testsOf(where?.key),
    first: pageSize(first),
  }
}

/** What happened to one model, or to one of its versions. @throws InputError */
export function toEventsOf(
  {
    registry,
    name,
    version,
  }: Pick<FederatedModel, 'registry' | 'name'> & Partial<Pick<FederatedVersion, 'version'>>,
  { first, after, direction }: Partial<ModelEventsArgs>,
): EventArguments {
  return {
    ...toEventArguments({ first: first ?? null, since: after ?? null }),
    field: 'after',
    descending: direction === 'DESC',
    registries: [registry],
    model: [{ operator: 'eq', value: name, ignoreCase: false }],
    version: version ?? null,
  }
}

function testsOf(filter: EventFilter['model']) {
  const tests = textTests(filter)
  return tests.length === 0 ? null : tests
}
