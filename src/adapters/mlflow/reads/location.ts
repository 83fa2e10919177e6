import { type Call, RegistryError, type VersionKey } from '../../../contract/index.ts'
import type { MlflowRegistry } from '../registry.ts'
import { isSearchedOnly } from '../wire/grammar.ts'
import { visibleOrNull, whereVisible } from '../wire/or-null.ts'
import { readObject, readOptionalText, type Wire } from '../wire/wire.ts'
import {
  findLoggedModel,
  getLoggedModel,
  hasLoggedModels,
  type LoggedModel,
  parseLoggedModelUri,
} from './logged-models.ts'
import { findVersion } from './version-keys.ts'

/** As many copies of copies as MLflow 1.x may have left unresolved. */
const maxHops = 32

/**
 * Where a version's files are; `null`: there is no such version, or the run that they are part of is hidden.
 *
 * @throws RegistryError UNSUPPORTED for a version that is there and whose files cannot be found.
 */
export async function locate(server: MlflowRegistry, key: VersionKey, call: Call): Promise<string | null> {
  let at = key
  for (let hop = 0; hop < maxHops; hop++) {
    const uri = await findUri(server, at, call)
    if (uri === null && at !== key)
      throw filesNotFound(
        `the version ${at.version} of ${JSON.stringify(at.model)} that it is a copy of is gone`,
      )
    if (uri === null) return null
    const run = parseRunUri(uri)
    if (run !== null) return locateInRun(server, run, call)
    const modelId = parseLoggedModelUri(uri)
    if (modelId !== null) return locateLoggedModel(server, modelId, call)
    const original = parseVersionUri(uri)
    if (original === null) return uri
    at = original
  }
  throw filesNotFound(`it is a copy of a copy, more than ${maxHops} times`)
}

/** What the server says, or the source, where it refuses to say anything of a name that older ones took. */
async function findUri(server: MlflowRegistry, key: VersionKey, call: Call): Promise<string | null> {
  const query = { name: key.model, version: key.version }
  try {
    const wire = await visibleOrNull(server.client.get('model-versions/get-download-uri', query, call))
    return wire === null ? null : readOptionalText(wire, 'artifact_uri')
  } catch (error) {
    const isRefused = RegistryError.is(error) && error.code === 'BAD_USER_INPUT' && isSearchedOnly(key.model)
    if (!isRefused) throw error
    return (await findVersion(server, key, call))?.source ?? null
  }
}

function filesNotFound(why: string): RegistryError {
  return new RegistryError('UNSUPPORTED', `The files of this version cannot be found: ${why}.`)
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
export async function findRunRoot(server: MlflowRegistry, runId: string, call: Call): Promise<string | null> {
  const run = await getRunWire(server, runId, call)
  return run === null ? null : readOptionalText(readObject(run, 'info'), 'artifact_uri')
}

export async function getRunWire(server: MlflowRegistry, runId: string, call: Call): Promise<Wire | null> {
  const wire = await visibleOrNull(server.client.get('runs/get', { run_id: runId }, call), true)
  return wire === null ? null : readObject(wire, 'run')
}

/** What MLflow 3 gives of a run as if it were in it: a logged model by its name, and what is below it. */
export async function findLoggedModelAt(
  server: MlflowRegistry,
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

async function locateInRun(
  server: MlflowRegistry,
  { runId, path }: RunPath,
  call: Call,
): Promise<string | null> {
  const run = await whereVisible(server.client.get('runs/get', { run_id: runId }, call))
  if (run === 'hidden') return null
  if (run === null) throw filesNotFound(`the run ${JSON.stringify(runId)} that they were part of is gone`)
  const wire = readObject(run, 'run')
  const logged = await findLoggedModelAt(server, wire, path, call)
  if (logged !== null) return joinPath(logged.model.location, logged.path)
  const root = readOptionalText(readObject(wire, 'info'), 'artifact_uri')
  return root === null ? null : joinPath(root, path)
}

async function locateLoggedModel(server: MlflowRegistry, modelId: string, call: Call): Promise<string> {
  const model = await getLoggedModel(server.client, modelId, call)
  if (model !== null) return model.location
  throw filesNotFound(`the logged model ${JSON.stringify(modelId)} that they were part of is gone`)
}

export function joinPath(folder: string, path: string): string {
  const below = trimSlashes(path)
  return below === '' ? folder : `${folder.replace(/\/+$/, '')}/${below}`
}

function trimSlashes(path: string): string {
  return path.replace(/^\/+|\/+$/g, '')
}
