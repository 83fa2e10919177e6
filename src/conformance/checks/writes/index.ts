import type { Check } from '../../check.ts'
import { aliasWriteChecks } from './aliases.ts'
import { writeCancellationChecks } from './cancellation.ts'
import { expectedHolderChecks } from './expected-holders.ts'
import { writeFacetChecks } from './facets.ts'
import { modelEndChecks } from './model-ends.ts'
import { modelWriteChecks } from './models.ts'
import { stageWriteChecks } from './stages.ts'
import { tagWriteChecks } from './tags.ts'
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
  ...writeCancellationChecks,
]
