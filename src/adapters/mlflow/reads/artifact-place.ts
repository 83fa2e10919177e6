import { type ArtifactRecord, type Call, compareCodePoints } from '../../../contract/index.ts'
import { noteGoesOn } from '../../http/share-of-thread.ts'
import type { MlflowClient } from '../wire/client.ts'
import { readList, readText, type Wire } from '../wire/wire.ts'
import { joinPath } from './location.ts'
import { refuseTooDeep, refuseTooMany } from './too-many-files.ts'

/** A folder with files, by the way that leads to them. */
export type ArtifactPlace = ProxiedPlace | RunPlace | LoggedModelPlace

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

/** Part of a logged model, below its root, wherever that is. */
export interface LoggedModelPlace {
  readonly kind: 'loggedModel'
  readonly modelId: string
  readonly folder: string
}

/** `null`: the location is in another store, such as that of another server. */
export function toProxiedPlace(
  { hosts }: Pick<MlflowClient, 'hosts'>,
  location: string,
): ProxiedPlace | null {
  const { authority = '', folder } =
    /^mlflow-artifacts:(?:\/\/(?<authority>[^/]*))?\/*(?<folder>.*)$/s.exec(location)?.groups ?? {}
  if (folder === undefined || (authority !== '' && !hosts.includes(authority.toLowerCase()))) return null
  return leadsOut(folder) ? null : { kind: 'proxied', folder }
}

/** Sorted by path, which is relative to the place. */
export async function listFolder(
  client: MlflowClient,
  place: ArtifactPlace,
  path: string,
  call: Call,
): Promise<ArtifactRecord[]> {
  const files = await listUnsorted(client, place, path, call)
  return files.toSorted((a, b) => compareCodePoints(a.path, b.path))
}

function listUnsorted(
  client: MlflowClient,
  place: ArtifactPlace,
  path: string,
  call: Call,
): Promise<ArtifactRecord[]> {
  switch (place.kind) {
    case 'proxied':
      return listProxied(client, place, path, call)
    case 'run':
      return listOfRun(client, place, path, call)
    case 'loggedModel':
      return listOfLoggedModel(client, place, path, call)
  }
}

/** Of all folders, the files only. */
export async function listAllFiles(
  client: MlflowClient,
  place: ArtifactPlace,
  call: Call,
): Promise<ArtifactRecord[]> {
  const files: ArtifactRecord[] = []
  const folders = ['']
  let entries = 0
  // One folder after the other: how many there are is up to whoever made the model.
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    refuseTooDeep(folder)
    if (folder !== '') noteGoesOn(call)
    const found = await listFolder(client, place, folder, call)
    entries += found.length
    refuseTooMany(entries)
    for (const entry of found) {
      if (entry.isDirectory) folders.push(entry.path)
      else files.push(entry)
    }
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
  return readFiles(wire).map((file) => toArtifactRecord(file, below(path, readText(file, 'path'))))
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
    const page = readFiles(wire)
    for (const file of page) files.push(toRecordBelow(folder, file))
    refuseTooMany(files.length)
    noteGoesOn(call)
    pageToken = page.length === 0 ? '' : wire.next_page_token
  } while (pageToken)
  return files
}

async function listOfLoggedModel(
  client: MlflowClient,
  { modelId, folder }: LoggedModelPlace,
  path: string,
  call: Call,
): Promise<ArtifactRecord[]> {
  const directory = below(folder, path)
  const query = directory === '' ? {} : { artifact_directory_path: directory }
  const wire = await client.get(`logged-models/${modelId}/artifacts/directories`, query, call)
  return readFiles(wire).map((file) => toRecordBelow(folder, file))
}

function readFiles(wire: Wire): readonly Wire[] {
  const files = readList(wire, 'files')
  refuseTooMany(files.length)
  return files
}

function toRecordBelow(folder: string, file: Wire): ArtifactRecord {
  return toArtifactRecord(file, folderBelow(folder, readText(file, 'path')) ?? '')
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

/** `null` also where it would lead out again: a server, or a proxy before it, might follow. */
export function folderBelow(root: string, path: string): string | null {
  const folder = relativeTo(root, path)
  return folder === null || leadsOut(folder) ? null : folder
}

function leadsOut(folder: string): boolean {
  return folder.split(/[/\\]/).some((part) => part === '..' || part === '.')
}
