import { wrongWithAliases } from './aliases.ts'
import { wrongWithCarriedRuns } from './carried-runs.ts'
import { wrongWithChanges } from './changes.ts'
import { wrongWithCopies } from './copies.ts'
import { wrongInGeneral } from './facets.ts'
import { wrongWithFailedWrites } from './failures.ts'
import { wrongWithPendingVersions } from './finalising.ts'
import { wrongWithHiddenWrites } from './hidden.ts'
import { wrongWithKeys } from './keys.ts'
import { wrongWithModels } from './models.ts'
import { wrongWithNotes } from './notes.ts'
import { wrongWithPagesUnderWrites } from './pages.ts'
import { wrongInRaces } from './races.ts'
import { wrongWithStages } from './stages.ts'
import { wrongWithTags } from './tags.ts'
import { wrongWithTransfers, wrongWithUploads } from './transfers.ts'
import { wrongWithVersions } from './versions.ts'
import type { WrongWriter } from './wrong-writer.ts'

export const wrongWriters: readonly WrongWriter[] = [
  ...wrongInGeneral,
  ...wrongWithHiddenWrites,
  ...wrongWithModels,
  ...wrongWithVersions,
  ...wrongWithTags,
  ...wrongWithAliases,
  ...wrongWithStages,
  ...wrongWithCopies,
  ...wrongWithNotes,
  ...wrongWithPagesUnderWrites,
  ...wrongInRaces,
  ...wrongWithChanges,
  ...wrongWithKeys,
  ...wrongWithUploads,
  ...wrongWithTransfers,
  ...wrongWithCarriedRuns,
  ...wrongWithPendingVersions,
  ...wrongWithFailedWrites,
]
