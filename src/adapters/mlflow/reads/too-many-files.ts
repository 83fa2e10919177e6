import { RegistryError } from '../../../contract/index.ts'

/** Of one version: what a server may make the gateway hold and sort. */
const mostEntries = 100_000
const mostLevels = 64

export function refuseTooMany(entries: number): void {
  if (entries <= mostEntries) return
  throw new RegistryError(
    'LIMIT_EXCEEDED',
    `There are more than ${mostEntries} files and folders, more than are listed or copied; refer to them where they are (artifacts: REFERENCE).`,
  )
}

/** Folders may seem to hold themselves. */
export function refuseTooDeep(folder: string): void {
  if (folder.split('/').length <= mostLevels) return
  throw new RegistryError(
    'LIMIT_EXCEEDED',
    `The folders lie more than ${mostLevels} deep in each other, deeper than they are copied; refer to them where they are (artifacts: REFERENCE).`,
  )
}
