import type { Check } from '../check.ts'
import { aliasChecks } from './aliases.ts'
import { artifactChecks } from './artifacts.ts'
import { batchChecks } from './batch.ts'
import { cancellationChecks } from './cancellation.ts'
import { filterChecks } from './filters.ts'
import { identityChecks } from './identity.ts'
import { lifecycleChecks } from './lifecycle.ts'
import { orderChecks } from './orders.ts'
import { pagingChecks } from './paging.ts'
import { runReadChecks } from './runs.ts'
import { tagChecks } from './tags.ts'
import { versionChecks } from './versions.ts'

/** Every check of the kit, in the order in which they are run and reported. */
export const allChecks: readonly Check[] = [
  ...lifecycleChecks,
  ...identityChecks,
  ...batchChecks,
  ...pagingChecks,
  ...orderChecks,
  ...filterChecks,
  ...aliasChecks,
  ...tagChecks,
  ...versionChecks,
  ...runReadChecks,
  ...artifactChecks,
  ...cancellationChecks,
]
