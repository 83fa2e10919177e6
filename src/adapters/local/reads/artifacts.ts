import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type ArtifactReads, type ArtifactRecord, compareCodePoints } from '../../../contract/index.ts'
import { findBelow, toVersionFolder, type VersionFolder } from '../files/version-folder.ts'
import type { LocalRegistry } from '../registry.ts'
import { isAbsent, runFileWork } from '../transfers/file-work.ts'
import { getVersions } from './versions.ts'

export function artifactReads(registry: LocalRegistry, artifactFolder: string): ArtifactReads {
  return {
    async locate(keys, call) {
      const versions = await getVersions(registry, keys, call)
      return versions.map((version) => version?.artifactUri ?? null)
    },

    async list(key, path, call) {
      const [version = null] = await getVersions(registry, [key], call)
      if (version === null) return null
      const folder = toVersionFolder(registry, artifactFolder, version.artifactUri)
      return runFileWork(registry, call, () => listFolder(folder, path))
    },
  }
}

async function listFolder(folder: VersionFolder, path: string): Promise<ArtifactRecord[] | null> {
  const found = await findBelow(folder, path)
  if (found === null) return null
  try {
    const entries = await readdir(found, { withFileTypes: true })
    const own = entries.filter((entry) => entry.isFile() || entry.isDirectory())
    const records = await Promise.all(
      own.map(({ name }) => toArtifact(join(found, name), path === '' ? name : `${path}/${name}`)),
    )
    return records.sort((a, b) => compareCodePoints(a.path, b.path))
  } catch (error) {
    if (isAbsent(error)) return null
    throw error
  }
}

async function toArtifact(file: string, path: string): Promise<ArtifactRecord> {
  const status = await stat(file)
  const isDirectory = status.isDirectory()
  return { path, isDirectory, sizeBytes: isDirectory ? null : status.size, digest: null }
}
