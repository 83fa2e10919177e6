import { wrongWithReadAliases } from './aliases.ts'
import { wrongWithBatches } from './batches.ts'
import { wrongWithReadChanges } from './changes.ts'
import { wrongWithFailures } from './failures.ts'
import { wrongWithFiltersOfModels } from './filters-of-models.ts'
import { wrongWithFiltersOfVersions } from './filters-of-versions.ts'
import { wrongWithHidden } from './hidden.ts'
import { wrongInLife } from './life.ts'
import { wrongWithLists } from './lists.ts'
import { wrongWhenOverlapping } from './overlapping.ts'
import { wrongWithPages } from './pages.ts'
import { wrongWithPlaces } from './places.ts'
import { wrongWithRecords } from './records.ts'
import { wrongWhenResuming } from './resuming.ts'
import { wrongWithRuns } from './runs.ts'
import { wrongWithSpoiltRows } from './spoilt-rows.ts'
import { wrongWithStoredRows } from './stored-rows.ts'
import { wrongWithTimes } from './times.ts'
import { wrongWithReadVersions } from './versions.ts'
import type { WrongReader } from './wrong-reader.ts'

export const wrongReaders: readonly WrongReader[] = [
  ...wrongWithHidden,
  ...wrongWithRecords,
  ...wrongWithLists,
  ...wrongWithReadAliases,
  ...wrongWithReadVersions,
  ...wrongInLife,
  ...wrongWhenOverlapping,
  ...wrongWithStoredRows,
  ...wrongWithBatches,
  ...wrongWithPages,
  ...wrongWhenResuming,
  ...wrongWithFiltersOfModels,
  ...wrongWithFiltersOfVersions,
  ...wrongWithTimes,
  ...wrongWithRuns,
  ...wrongWithPlaces,
  ...wrongWithReadChanges,
  ...wrongWithFailures,
  ...wrongWithSpoiltRows,
]
