import type { Check } from '../check.ts'
import { aliasChecks } from './aliases.ts'
import { artifactChecks } from './artifacts.ts'
import { batchAlignmentChecks } from './batch-alignment.ts'
import { batchChecks } from './batches.ts'
import { cancellationChecks } from './cancellation.ts'
import { changeReadChecks } from './changes.ts'
import { deadlineChecks } from './deadlines.ts'
import { endlessAnswerChecks } from './endless-answers.ts'
import { exactKeyChecks } from './exact-keys.ts'
import { faultChecks } from './faults.ts'
import { filterChecks } from './filters.ts'
import { hiddenChecks } from './hidden.ts'
import { identityChecks } from './identity.ts'
import { latestVersionChecks } from './latest-versions.ts'
import { lifecycleChecks } from './lifecycle.ts'
import { listChecks } from './lists.ts'
import { orderChecks } from './orders.ts'
import { overlappingCallChecks } from './overlapping-calls.ts'
import { pagingChecks } from './paging.ts'
import { runReadChecks } from './runs.ts'
import { secretChecks } from './secrets.ts'
import { spoiltRowChecks } from './spoilt-rows.ts'
import { tagChecks } from './tags.ts'
import { timeChecks } from './times.ts'
import { versionChecks } from './versions.ts'
import { writeChecks } from './writes/index.ts'

/** Those that leave the registry as it is. */
export const readChecks: readonly Check[] = [
  ...lifecycleChecks,
  ...identityChecks,
  ...exactKeyChecks,
  ...hiddenChecks,
  ...batchAlignmentChecks,
  ...batchChecks,
  ...pagingChecks,
  ...listChecks,
  ...orderChecks,
  ...filterChecks,
  ...timeChecks,
  ...aliasChecks,
  ...tagChecks,
  ...versionChecks,
  ...latestVersionChecks,
  ...runReadChecks,
  ...artifactChecks,
  ...changeReadChecks,
  ...cancellationChecks,
  ...overlappingCallChecks,
  ...deadlineChecks,
  ...faultChecks,
  ...endlessAnswerChecks,
  ...spoiltRowChecks,
  ...secretChecks,
]

/**
 * Every check of the kit, in the order in which they are run and reported. Writes come last, on models of their own:
 * those that cannot be deleted again would stand in the lists of the others.
 */
export const allChecks: readonly Check[] = [...readChecks, ...writeChecks]
