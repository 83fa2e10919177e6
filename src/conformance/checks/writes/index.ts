import type { Check } from '../../check.ts'
import { aliasWriteChecks } from './aliases.ts'
import { writeCancellationChecks } from './cancellation.ts'
import { carriedRunChecks } from './carried-runs.ts'
import { changeChecks } from './changes.ts'
import { copyChecks } from './copies.ts'
import { writeDeadlineChecks } from './deadlines.ts'
import { discardingChecks } from './discarding.ts'
import { expectedHolderChecks } from './expected-holders.ts'
import { writeFacetChecks } from './facets.ts'
import { writeFaultChecks } from './faults.ts'
import { finalisingChecks } from './finalising.ts'
import { hiddenWriteChecks } from './hidden.ts'
import { idempotencyChecks } from './idempotency.ts'
import { modelEndChecks } from './model-ends.ts'
import { modelWriteChecks } from './models.ts'
import { noteChecks } from './notes.ts'
import { writePagingChecks } from './paging.ts'
import { racingWriteChecks } from './races.ts'
import { writeSecretChecks } from './secrets.ts'
import { stageWriteChecks } from './stages.ts'
import { tagWriteChecks } from './tags.ts'
import { takeBackChecks } from './take-backs.ts'
import { writeTimeChecks } from './times.ts'
import { transferChecks } from './transfers.ts'
import { unheededKeyChecks } from './unheeded-keys.ts'
import { uploadChecks } from './uploads.ts'
import { versionEndChecks } from './version-ends.ts'
import { versionWriteChecks } from './versions.ts'

export const writeChecks: readonly Check[] = [
  ...writeFacetChecks,
  ...hiddenWriteChecks,
  ...modelWriteChecks,
  ...modelEndChecks,
  ...versionWriteChecks,
  ...versionEndChecks,
  ...tagWriteChecks,
  ...aliasWriteChecks,
  ...expectedHolderChecks,
  ...stageWriteChecks,
  ...copyChecks,
  ...noteChecks,
  ...writeTimeChecks,
  ...writePagingChecks,
  ...racingWriteChecks,
  ...changeChecks,
  ...idempotencyChecks,
  ...unheededKeyChecks,
  ...takeBackChecks,
  ...uploadChecks,
  ...transferChecks,
  ...carriedRunChecks,
  ...finalisingChecks,
  ...discardingChecks,
  ...writeCancellationChecks,
  ...writeDeadlineChecks,
  ...writeFaultChecks,
  ...writeSecretChecks,
]
