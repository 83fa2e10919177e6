import type { Call, VersionKey } from '../../contract/index.ts'
import { isSearchedOnly } from './grammar.ts'
import { findLoggedModel, hasLoggedModels, type LoggedModel } from './logged-models.ts'
import { orNull } from './or-null.ts'
import type { Server } from './server.ts'
import { readObject, readOptionalText, type Wire } from './wire.ts'

/** As many copies of copies as MLflow 1.x may have left unresolved. */
const maxHops = 32

/** Where a version's files are; `null`: there is no such version, or its run is gone, and its files with it. */
export async function locate(server: Server, key: VersionKey, call: Call): Promise<string | null> {
  let at = key
  for (let hop = 0; hop < maxHops; hop++) {
    const query = { name: at.model, version: at.version }
    const wire = await orNull(
      server.client.get('model-versions/get-download-uri', query, call),
      isSearchedOnly(at.model),
    )
    const uri = wire === null ? null : readOptionalText(wire, 'artifact_uri')
    if (uri === null) return null
    const run = parseRunUri(uri)
    if (run !== null) return locateInRun(server, run, call)
    const original = parseVersionUri(uri)
    if (original === null) return uri
    at = original
  }
  return null
}

export interface RunPath {
  readonly runId: string
  readonly path: string
}

export function parseRunUri(uri: string): RunPath | null {
  const match = /^runs:\/+(?<run>[^/]+)(?<path>\/.*)?$/is.exec(uri)?.groups
  return match === undefined ? null : { runId: match.run ?? '', path: trimSlashes(match.path ?? '') }
}

export function parseVersionUri(uri: string): VersionKey | null {
  const match = /^models:\/(?<model>.+)\/(?<version>[1-9]\d*)$/s.exec(uri)?.groups
  return match === undefined ? null : { model: match.model ?? '', version: match.version ?? '' }
}

/** Where a run keeps its files; `null`: it is not there. */
export async function findRunRoot(server: Server, runId: string, call: Call): Promise<string | null> {
  const run = await getRunWire(server, runId, call)
  return run === null ? null : readOptionalText(readObject(run, 'info'), 'artifact_uri')
}

export async function getRunWire(server: Server, runId: string, call: Call): Promise<Wire | null> {
  const wire = await orNull(server.client.get('runs/get', { run_id: runId }, call), true)
  return wire === null ? null : readObject(wire, 'run')
}

/** What MLflow 3 gives of a run as if it were in it: a logged model by its name, and what is below it. */
export async function findLoggedModelAt(
  server: Server,
  run: Wire,
  path: string,
  call: Call,
): Promise<{ readonly model: LoggedModel; readonly path: string } | null> {
  const { loggedModels } = await server.profile(call)
  if (!loggedModels && !hasLoggedModels(run)) return null
  const [name = '', ...rest] = path.split('/')
  const model = await findLoggedModel(server.client, run, name, call)
  return model === null ? null : { model, path: rest.join('/') }
}

async function locateInRun(server: Server, { runId, path }: RunPath, call: Call): Promise<string | null> {
  const run = await getRunWire(server, runId, call)
  if (run === null) return null
  const logged = await findLoggedModelAt(server, run, path, call)
  if (logged !== null) return joinPath(logged.model.location, logged.path)
  const root = readOptionalText(readObject(run, 'info'), 'artifact_uri')
  return root === null ? null : joinPath(root, path)
}

export function joinPath(folder: string, path: string): string {
  const below = trimSlashes(path)
  return below === '' ? folder : `${folder.replace(/\/+$/, '')}/${below}`
}

function trimSlashes(path: string): string {
  return path.replace(/^\/+|\/+$/g, '')
}
