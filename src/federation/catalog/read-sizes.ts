import { RegistryError, type VersionKey } from '../../contract/index.ts'
import type { Look } from '../../stores/sync-store.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import { lookAt, type RegistrySync } from './registry-sync.ts'

/** In one pass; each may take many requests. */
const versionsAtOnce = 100
/** What has more than so many is not counted for its size. */
const mostFolders = 1000
const mostFiles = 100_000

/** Lists the files of versions whose size nothing else tells. What cannot be listed is tried again at the next sweep. */
export async function readSizes(sync: RegistrySync): Promise<void> {
  const { catalog, right, settings, federation } = sync
  if (!settings.sizes || !federation.link(right.registry)?.facets.artifacts) return
  const { at } = await catalog.store.look(right.id)
  const keys = await catalog.store.reads.versionsToSize(right.id, {
    lookedAtBefore: at - settings.sweepEveryMs,
    limit: versionsAtOnce,
  })
  for (const { model, version } of keys) {
    const key = { model, version }
    const counted = await countBytes(sync, key)
    // A registry that is away is asked when it is back; that is no reason to take the rest for stale.
    if (counted === null) return
    await catalog.store.takeSize(right, counted.look, key, counted.sizeBytes)
  }
}

interface Counted {
  /** Before the first question. */
  readonly look: Look
  /** Null: it cannot be told. */
  readonly sizeBytes: number | null
}

/** Folder by folder. Null: the registry does not answer. */
async function countBytes(sync: RegistrySync, key: VersionKey): Promise<Counted | null> {
  const folders = ['']
  let first: Look | null = null
  let files = 0
  let sizeBytes = 0
  for (const folder of folders) {
    const { look, entries } = await listFolder(sync, key, folder)
    first ??= look
    if (RegistryError.is(entries))
      return isAway(entries as RegistryError) ? null : { look: first, sizeBytes: null }
    for (const { path, isDirectory, sizeBytes: bytes } of entries ?? []) {
      if (isDirectory) folders.push(path)
      else if (bytes === null) return { look: first, sizeBytes: null }
      else {
        files++
        sizeBytes += bytes
      }
    }
    if (folders.length > mostFolders || files > mostFiles) return { look: first, sizeBytes: null }
  }
  return first && { look: first, sizeBytes: files === 0 ? null : sizeBytes }
}

async function listFolder(sync: RegistrySync, key: VersionKey, folder: string) {
  const { look, found } = await lookAt(sync, async (registry) => {
    try {
      return await registry.reads.artifacts(key, folder)
    } catch (error) {
      if (error instanceof RegistryFailure) return error.error
      throw error
    }
  })
  return { look, entries: found as Exclude<typeof found, RegistryError> | RegistryError }
}

function isAway({ code }: RegistryError): boolean {
  return code === 'REGISTRY_TIMEOUT' || code === 'REGISTRY_UNAVAILABLE' || code === 'RATE_LIMITED'
}
