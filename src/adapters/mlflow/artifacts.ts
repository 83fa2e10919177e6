import {
  type ArtifactReads,
  type ArtifactRecord,
  type Call,
  compareCodePoints,
  type Outcome,
  RegistryError,
  type VersionKey,
} from '../../contract/index.ts'
import { loadEach, loadInBatches } from './batches.ts'
import { isSearchedOnly } from './grammar.ts'
import { orNull } from './or-null.ts'
import type { Server } from './server.ts'
import { getVersion, identifyVersion, isPossibleVersion } from './version-keys.ts'
import { readList, readObject, readOptionalText, readText, type Wire } from './wire.ts'

export function mlflowArtifacts(server: Server): ArtifactReads {
  return {
    locate: (keys, call) =>
      loadInBatches(keys, {
        identify: identifyVersion,
        possible: isPossibleVersion,
        split: (wanted) => [wanted],
        load: (part) => loadEach(part, identifyVersion, (key) => locate(server, key, call)),
      }),
    list: async (key, path, call) => (isPossibleVersion(key) ? listFolder(server, key, path, call) : null),
  }
}

/** As many copies of copies as MLflow 1.x may have left unresolved. */
const maxHops = 32

async function locate(server: Server, key: VersionKey, call: Call): Promise<string | null> {
  let at = key
  for (let hop = 0; hop < maxHops; hop++) {
    const query = { name: at.model, version: at.version }
    const wire = await orNull(
      server.client.get('model-versions/get-download-uri', query, call),
      isSearchedOnly(at.model),
    )
    if (wire === null) return null
    const uri = readOptionalText(wire, 'artifact_uri')
    const match = /^models:\/(?<model>.+)\/(?<version>[1-9]\d*)$/.exec(uri ?? '')?.groups
    if (match === undefined) return uri
    at = { model: match.model ?? '', version: match.version ?? '' }
  }
  return null
}

async function listFolder(
  server: Server,
  key: VersionKey,
  path: string,
  call: Call,
): Promise<Outcome<readonly ArtifactRecord[]>> {
  if (path.split('/').includes('..')) return null
  const location = await locate(server, key, call)
  if (location === null) return null
  const proxied = /^mlflow-artifacts:(?:\/\/[^/]*)?\/*(?<folder>.*)$/.exec(location)?.groups?.folder
  const files =
    proxied === undefined
      ? await listByRun(server, key, location, path, call)
      : await listByProxy(server, proxied, path, call)
  // An artifact store has no empty folders, and lists what is not there as empty.
  return files.length === 0 && path !== ''
    ? null
    : files.toSorted((a, b) => compareCodePoints(a.path, b.path))
}

async function listByProxy(
  server: Server,
  root: string,
  path: string,
  call: Call,
): Promise<ArtifactRecord[]> {
  const wire = await server.client.listProxiedArtifacts(join(root, path), call)
  return readList(wire, 'files').map((file) => toArtifactRecord(file, join(path, readText(file, 'path'))))
}

/** A store that the server is no proxy of is listed as part of a run, and only what is below the run's root. */
async function listByRun(
  server: Server,
  key: VersionKey,
  location: string,
  path: string,
  call: Call,
): Promise<ArtifactRecord[]> {
  const runId = (await getVersion(server, key, call))?.runId ?? null
  const run = runId === null ? null : await orNull(server.client.get('runs/get', { run_id: runId }, call))
  const root =
    run === null ? null : readOptionalText(readObject(readObject(run, 'run'), 'info'), 'artifact_uri')
  const folder = root === null ? null : relativeTo(root, location)
  if (runId === null || folder === null) {
    throw new RegistryError(
      'UNSUPPORTED',
      "MLflow lists files only of versions below their run's artifacts, or in a store that it is the proxy of.",
    )
  }
  const files: ArtifactRecord[] = []
  let pageToken: unknown = ''
  do {
    const query = {
      run_id: runId,
      path: join(folder, path),
      ...(pageToken ? { page_token: String(pageToken) } : {}),
    }
    const wire = await server.client.get('artifacts/list', query, call)
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

function join(folder: string, path: string): string {
  return [folder, path]
    .map((part) => part.replace(/^\/+|\/+$/g, ''))
    .filter((part) => part !== '')
    .join('/')
}

/** `null`: not below it. */
function relativeTo(root: string, path: string): string | null {
  const folder = root.replace(/\/+$/, '')
  if (folder === '' || path === folder) return folder === '' ? path : ''
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1).replace(/\/+$/, '') : null
}
