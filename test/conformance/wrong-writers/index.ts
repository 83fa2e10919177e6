import { wrongWithAliases } from './aliases.ts'
import { wrongWithCopies } from './copies.ts'
import { wrongInGeneral } from './facets.ts'
import { wrongWithKeys } from './keys.ts'
import { wrongWithModels } from './models.ts'
import { wrongInRaces } from './races.ts'
import { wrongWithStages } from './stages.ts'
import { wrongWithTags } from './tags.ts'
import { wrongWithTransfers, wrongWithUploads } from './transfers.ts'
import { wrongWithVersions } from './versions.ts'
import type { WrongWriter } from './wrong-writer.ts'

export const wrongWriters: readonly WrongWriter[] = [
  ...wrongInGeneral,
  ...wrongWithModels,
  ...wrongWithVersions,
  ...wrongWithTags,
  ...wrongWithAliases,
  ...wrongWithStages,
  ...wrongWithCopies,
  ...wrongInRaces,
  ...wrongWithKeys,
  ...wrongWithUploads,
  ...wrongWithTransfers,
]
