import {
  type ArtifactRecord,
  type Call,
  compareCodePoints,
  RegistryError,
  type VersionKey,
} from '../../contract/index.ts'
import type { MlflowClient } from './client.ts'
import { findRunRoot, joinPath, locate } from './location.ts'
import type { Server } from './server.ts'
import { getVersion } from './version-keys.ts'
import { readList, readText, type Wire } from './wire.ts'

/** A folder with files, by the way that leads to them. */
export type ArtifactPlace = ProxiedPlace | RunPlace

/** In the store that the server is a proxy of. */
export interface ProxiedPlace {
  readonly kind: 'proxied'
  readonly folder: string
}

/** Part of a run, below its root, wherever that is. */
export interface RunPlace {
  readonly kind: 'run'
  readonly runId: string
  readonly folder: string
}

/** `null`: there is no such version. */
export async function findPlace(server: Server, key: VersionKey, call: Call): Promise<ArtifactPlace | null> {
  const location = await locate(server, key, call)
  if (location === null) return null
  return toProxiedPlace(location) ?? findRunPlace(server, key, location, call)
}

/** `null`: the location is in another store. */
export function toProxiedPlace(location: string): ProxiedPlace | null {
  const match = /^mlflow-artifacts:(?:\/\/[^/]*)?\/*(?<folder>.*)$/s.exec(location)?.groups
  return match === undefined ? null : { kind: 'proxied', folder: match.folder ?? '' }
}

export async function findRunPlace(
  server: Server,
  key: VersionKey,
  location: string,
  call: Call,
): Promise<RunPlace> {
  const runId = (await getVersion(server, key, call))?.runId ?? null
  const root = runId === null ? null : await findRunRoot(server, runId, call)
  const folder = root === null ? null : relativeTo(root, location)
  if (runId !== null && folder !== null) return { kind: 'run', runId, folder }
  throw new RegistryError(
    'UNSUPPORTED',
    "MLflow gives the files only of versions below their run's artifacts, or in a store that it is the proxy of.",
  )
}

/** Sorted by path, which is relative to the place. */
export async function listFolder(
  client: MlflowClient,
  place: ArtifactPlace,
  path: string,
  call: Call,
): Promise<ArtifactRecord[]> {
  const files =
    place.kind === 'run'
      ? await listOfRun(client, place, path, call)
      : await listProxied(client, place, path, call)
  return files.toSorted((a, b) => compareCodePoints(a.path, b.path))
}

/** Of all folders, the files only. */
export async function listAllFiles(
  client: MlflowClient,
  place: ArtifactPlace,
  call: Call,
  path = '',
): Promise<ArtifactRecord[]> {
  const entries = await listFolder(client, place, path, call)
  const files: ArtifactRecord[] = entries.filter((entry) => !entry.isDirectory)
  // One folder after the other: how many there are is up to whoever made the model.
  for (const folder of entries.filter((entry) => entry.isDirectory)) {
    files.push(...(await listAllFiles(client, place, call, folder.path)))
  }
  return files.toSorted((a, b) => compareCodePoints(a.path, b.path))
}

async function listProxied(
  client: MlflowClient,
  { folder }: ProxiedPlace,
  path: string,
  call: Call,
): Promise<ArtifactRecord[]> {
  const wire = await client.listProxiedArtifacts(below(folder, path), call)
  return readList(wire, 'files').map((file) => toArtifactRecord(file, below(path, readText(file, 'path'))))
}

async function listOfRun(
  client: MlflowClient,
  { runId, folder }: RunPlace,
  path: string,
  call: Call,
): Promise<ArtifactRecord[]> {
  const files: ArtifactRecord[] = []
  let pageToken: unknown = ''
  do {
    const query = {
      run_id: runId,
      path: below(folder, path),
      ...(pageToken ? { page_token: String(pageToken) } : {}),
    }
    const wire = await client.get('artifacts/list', query, call)
    const page = readList(wire, 'files')
    for (const file of page)
      files.push(toArtifactRecord(file, relativeTo(folder, readText(file, 'path')) ?? ''))
    pageToken = page.length === 0 ? '' : wire.next_page_token
  } while (pageToken)
  return files
}

function toArtifactRecord(file: Wire, path: string): ArtifactRecord {
  const isDirectory = file.is_dir === true
  const size = isDirectory || file.file_size === undefined ? Number.NaN : Number(file.file_size)
  return { path, isDirectory, sizeBytes: Number.isFinite(size) ? size : null, digest: null }
}

/** Of a root that may be the store's own, which has no name. */
export function below(folder: string, path: string): string {
  return folder === '' ? path.replace(/^\/+|\/+$/g, '') : joinPath(folder, path)
}

/** `null`: not below it. */
export function relativeTo(root: string, path: string): string | null {
  const folder = root.replace(/\/+$/, '')
  if (folder === '' || path === folder) return folder === '' ? path : ''
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1).replace(/\/+$/, '') : null
}
