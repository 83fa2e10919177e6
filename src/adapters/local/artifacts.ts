import { readdir, realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type ArtifactReads,
  type ArtifactRecord,
  compareCodePoints,
  RegistryError,
} from '../../contract/index.ts'
import type { LocalRegistry } from './registry.ts'
import { getVersions } from './versions.ts'

export function createArtifactReads(registry: LocalRegistry, artifactFolder: string): ArtifactReads {
  return {
    async locate(keys, call) {
      const versions = await getVersions(registry, keys, call)
      return versions.map((version) => version?.artifactUri ?? null)
    },

    async list(key, path, call) {
      const [version = null] = await getVersions(registry, [key], call)
      if (version === null) return null
      return listFolder(toFolder(registry, artifactFolder, version.artifactUri), path)
    },
  }
}

/** Only below the configured folder: a version's URI was written by a client and may name any file of the machine. */
function toFolder(registry: LocalRegistry, artifactFolder: string, artifactUri: string | null): Place {
  const base = resolve(artifactFolder)
  const folder = artifactUri?.startsWith('file:') ? toPath(artifactUri) : null
  if (folder === null || !isWithin(base, folder)) {
    const message = `The registry "${registry.name}" lists files below its artifactFolder only, and these are elsewhere.`
    throw new RegistryError('UNSUPPORTED', message)
  }
  return { base, folder }
}

interface Place {
  /** The configured folder. */
  readonly base: string
  /** The root of a version. */
  readonly folder: string
}

function toPath(uri: string): string | null {
  try {
    return fileURLToPath(uri)
  } catch {
    return null
  }
}

async function listFolder({ base, folder }: Place, path: string): Promise<ArtifactRecord[] | null> {
  const target = join(folder, path)
  if (!isPlain(path)) return null
  try {
    // Links are followed first, so that none leads out.
    if (!isWithin(await realpath(base), await realpath(target))) return null
    const entries = await readdir(target, { withFileTypes: true })
    const own = entries.filter((entry) => entry.isFile() || entry.isDirectory())
    const records = await Promise.all(own.map((entry) => toArtifact(folder, join(target, entry.name))))
    return records.sort((a, b) => compareCodePoints(a.path, b.path))
  } catch (error) {
    if (isAbsent(error)) return null
    throw new RegistryError('REGISTRY_ERROR', 'The folder of the files cannot be read.', { cause: error })
  }
}

/** As the contract writes paths; anything else names no folder of the version. */
function isPlain(path: string): boolean {
  if (path === '') return true
  return !path.includes('\0') && path.split('/').every((part) => !['', '.', '..'].includes(part))
}

async function toArtifact(folder: string, path: string): Promise<ArtifactRecord> {
  const status = await stat(path)
  const isDirectory = status.isDirectory()
  return {
    path: relative(folder, path).replaceAll(sep, '/'),
    isDirectory,
    sizeBytes: isDirectory ? null : status.size,
    digest: null,
  }
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}
