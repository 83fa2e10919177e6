import { realpath } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { RegistryError } from '../../../contract/index.ts'
import type { LocalRegistry } from '../registry.ts'
import { getStatus, isAbsent } from '../transfers/file-work.ts'
import { toFolderName } from './folder-name.ts'

/** Where the files of a version are. */
export interface VersionFolder {
  /** The configured folder. */
  readonly base: string
  readonly root: string
  /** Below it, what belongs to other registries. */
  readonly foreign: readonly string[]
}

/** Only below the configured folder: a version's URI was written by a client and may name any file of the machine. */
export function toVersionFolder(
  { name, foreignFolders: foreign }: Pick<LocalRegistry, 'name' | 'foreignFolders'>,
  artifactFolder: string,
  artifactUri: string | null,
): VersionFolder {
  const base = resolve(artifactFolder)
  const root = artifactUri?.startsWith('file:') ? toPath(artifactUri) : null
  if (root === null || !isWithin(base, root)) {
    const message = `The registry "${name}" reads files below its artifactFolder only, and these are elsewhere.`
    throw new RegistryError('UNSUPPORTED', message)
  }
  if (foreign.some((folder) => isWithin(folder, root) || isWithin(root, folder))) {
    const message = `These files are in a folder of another registry, which "${name}" does not read: copy the version (artifacts: COPY).`
    throw new RegistryError('UNSUPPORTED', message)
  }
  return { base, root, foreign }
}

/** Where a registry puts the files it takes in: its own, also where several share an artifactFolder. */
export function ownFolder(artifactFolder: string, registry: string): string {
  return join(resolve(artifactFolder), toFolderName(registry))
}

function toPath(uri: string): string | null {
  try {
    return fileURLToPath(uri)
  } catch {
    return null
  }
}

/** Links are followed first, so that none leads out. `null`: nothing is there, or elsewhere. */
export async function findBelow(folder: VersionFolder, path: string): Promise<string | null> {
  if (path !== '' && !isPlainPath(path)) return null
  try {
    const found = await realpath(join(folder.root, path))
    return (await isReadable(folder, found)) ? found : null
  } catch (error) {
    if (isAbsent(error)) return null
    throw error
  }
}

/** @param place without links. */
export async function isReadable({ base, foreign }: VersionFolder, place: string): Promise<boolean> {
  if (!isWithin(await realpath(base), place)) return false
  for (const folder of foreign) {
    if ((await getStatus(folder)) !== null && isWithin(await realpath(folder), place)) return false
  }
  return true
}

/** As the contract writes the paths of files; anything else is none of a version's. */
export function isPlainPath(path: string): boolean {
  return !path.includes('\0') && path.split('/').every((part) => !['', '.', '..'].includes(part))
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}
