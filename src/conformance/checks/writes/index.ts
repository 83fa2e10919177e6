import type { Check } from '../../check.ts'
import { aliasWriteChecks } from './aliases.ts'
import { writeCancellationChecks } from './cancellation.ts'
import { copyChecks } from './copies.ts'
import { expectedHolderChecks } from './expected-holders.ts'
import { writeFacetChecks } from './facets.ts'
import { idempotencyChecks } from './idempotency.ts'
import { modelEndChecks } from './model-ends.ts'
import { modelWriteChecks } from './models.ts'
import { racingWriteChecks } from './races.ts'
import { stageWriteChecks } from './stages.ts'
import { tagWriteChecks } from './tags.ts'
import { transferChecks } from './transfers.ts'
import { uploadChecks } from './uploads.ts'
import { versionEndChecks } from './version-ends.ts'
import { versionWriteChecks } from './versions.ts'

export const writeChecks: readonly Check[] = [
  ...writeFacetChecks,
  ...modelWriteChecks,
  ...modelEndChecks,
  ...versionWriteChecks,
  ...versionEndChecks,
  ...tagWriteChecks,
  ...aliasWriteChecks,
  ...expectedHolderChecks,
  ...stageWriteChecks,
  ...copyChecks,
  ...racingWriteChecks,
  ...idempotencyChecks,
  ...uploadChecks,
  ...transferChecks,
  ...writeCancellationChecks,
]
