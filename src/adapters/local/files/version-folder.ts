import { realpath } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { RegistryError } from '../../../contract/index.ts'
import { isAbsent } from './file-work.ts'

/** Where the files of a version are. */
export interface VersionFolder {
  /** The configured folder. */
  readonly base: string
  readonly root: string
}

/** Only below the configured folder: a version's URI was written by a client and may name any file of the machine. */
export function toVersionFolder(
  registry: string,
  artifactFolder: string,
  artifactUri: string | null,
): VersionFolder {
  const base = resolve(artifactFolder)
  const root = artifactUri?.startsWith('file:') ? toPath(artifactUri) : null
  if (root === null || !isWithin(base, root)) {
    const message = `The registry "${registry}" reads files below its artifactFolder only, and these are elsewhere.`
    throw new RegistryError('UNSUPPORTED', message)
  }
  return { base, root }
}

function toPath(uri: string): string | null {
  try {
    return fileURLToPath(uri)
  } catch {
    return null
  }
}

/** Links are followed first, so that none leads out. `null`: nothing is there, or elsewhere. */
export async function findBelow({ base, root }: VersionFolder, path: string): Promise<string | null> {
  if (path !== '' && !isPlainPath(path)) return null
  try {
    const found = await realpath(join(root, path))
    return isWithin(await realpath(base), found) ? found : null
  } catch (error) {
    if (isAbsent(error)) return null
    throw error
  }
}

/** As the contract writes the paths of files; anything else is none of a version's. */
export function isPlainPath(path: string): boolean {
  return !path.includes('\0') && path.split('/').every((part) => !['', '.', '..'].includes(part))
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}
