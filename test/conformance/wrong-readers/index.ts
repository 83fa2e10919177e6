import { wrongWithReadAliases } from './aliases.ts'
import { wrongWithLists } from './lists.ts'
import { wrongWithRecords } from './records.ts'
import { wrongWithReadVersions } from './versions.ts'
import type { WrongReader } from './wrong-reader.ts'

export const wrongReaders: readonly WrongReader[] = [
  ...wrongWithRecords,
  ...wrongWithLists,
  ...wrongWithReadAliases,
  ...wrongWithReadVersions,
]
