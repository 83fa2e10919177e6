import { type Call, type NewVersion, RegistryError } from '../../../contract/index.ts'
import { relativeTo } from '../reads/artifact-place.ts'
import { findRunRoot, parseRunUri, parseVersionUri } from '../reads/location.ts'
import {
  getLoggedModel,
  type LoggedModel,
  loggedModelIdIn,
  parseLoggedModelUri,
} from '../reads/logged-models.ts'
import { checkRunSource } from '../reads/run-source.ts'
import { requireContent } from '../reads/source-content.ts'
import { getVersion } from '../reads/version-keys.ts'
import type { MlflowRegistry } from '../registry.ts'
import type { CheckedSource } from './checked-source.ts'
import { noSuchVersion } from './write-words.ts'

type Origin = Pick<NewVersion, 'source' | 'runId'>

/**
 * What newer servers refuse is refused of older ones too, who would take it: files that are nowhere on this server, or
 * not the run's.
 */
export async function checkSource(
  server: MlflowRegistry,
  origin: Origin,
  call: Call,
): Promise<CheckedSource> {
  const { source, runId } = origin
  const run = parseRunUri(source)
  if (run !== null) return checkRunSource(server, source, run, runId, call)
  switch (schemeOf(source)) {
    case 'models':
      return (await checkLoggedModel(server, origin, call)) ?? checkCopy(server, origin, call)
    case 'mlflow-artifacts':
      return checkOwned(server, origin, call)
    case 'file':
    case '':
      if (/^file:\/\/[^/]/i.test(source)) throw refused(localWords)
      return checkLocal(server, origin, call)
    default:
      return { source, runId, modelId: null }
  }
}

/** `null`: the source is none, or this server has none. */
async function checkLoggedModel(
  server: MlflowRegistry,
  { source, runId }: Origin,
  call: Call,
): Promise<CheckedSource | null> {
  const modelId = parseLoggedModelUri(source)
  if (modelId === null || !(await server.profile(call)).loggedModels) return null
  const model = await getLoggedModel(server.client, modelId, call)
  if (model !== null) return { source, runId: runOf(model, runId), modelId }
  throw new RegistryError('NOT_FOUND', `There is no logged model ${JSON.stringify(modelId)}.`)
}

/** Servers since 3.17 take the run from the original, and refuse another one; older ones are told it. */
async function checkCopy(
  server: MlflowRegistry,
  { source, runId }: Origin,
  call: Call,
): Promise<CheckedSource> {
  const original = parseVersionUri(source)
  if (original === null) throw refused(modelsWords)
  // The server reads it as a URL, of which these characters would be the end or be left out.
  if (/[?/\n\r\t]/.test(original.model)) {
    throw refused('MLflow cannot copy a model whose name holds "?", "/", a tab or a line break.')
  }
  const { copiesTakeRun } = await server.profile(call)
  if (runId !== null || copiesTakeRun) return { source, runId, modelId: null }
  const version = await getVersion(server, original, call)
  if (version === null) throw new RegistryError('NOT_FOUND', noSuchVersion(original))
  return { source, runId: version.runId, modelId: null }
}

async function checkOwned(server: MlflowRegistry, origin: Origin, call: Call): Promise<CheckedSource> {
  const { source, runId } = origin
  const ofModel = await checkPartOfModel(server, origin, call)
  if (ofModel !== null) return ofModel
  if (runId === null) return (await checkPartOfRun(server, source, call)) ?? refuse(ownedWords)
  const root = await findRunRoot(server, runId, call)
  if (root === null) throw new RegistryError('NOT_FOUND', `There is no run ${JSON.stringify(runId)}.`)
  const path = relativeTo(root, source)
  if (path === null) return refuse(ownedWords)
  const { loggedModels } = await server.profile(call)
  if (loggedModels) await requireContent(server, { kind: 'run', runId, folder: '' }, path, call)
  return { source, runId, modelId: null }
}

/** Of a path with a run the server says itself whether it is the run's. */
async function checkLocal(server: MlflowRegistry, origin: Origin, call: Call): Promise<CheckedSource> {
  const { source, runId } = origin
  const ofModel = await checkPartOfModel(server, origin, call)
  if (ofModel !== null) return ofModel
  if (runId !== null) return { source, runId, modelId: null }
  return (await checkPartOfRun(server, source, call)) ?? refuse(localWords)
}

/** A location that says by its path which logged model it is part of, as the gateway shows it of versions. */
async function checkPartOfModel(
  server: MlflowRegistry,
  { source, runId }: Origin,
  call: Call,
): Promise<CheckedSource | null> {
  const modelId = loggedModelIdIn(source)
  if (modelId === null || !(await server.profile(call)).loggedModels) return null
  const model = await getLoggedModel(server.client, modelId, call)
  const path = model && relativeTo(model.location, source)
  if (model === null || path === null) return null
  await requireContent(server, { kind: 'loggedModel', modelId, folder: '' }, path, call)
  return { source, runId: runOf(model, runId), modelId }
}

/** The same of a run. Servers that have no logged models are told the run by whoever makes the version. */
async function checkPartOfRun(
  server: MlflowRegistry,
  source: string,
  call: Call,
): Promise<CheckedSource | null> {
  const runId = /\/([0-9a-f]{32})\/artifacts(?:\/|$)/.exec(source)?.[1]
  if (runId === undefined || !(await server.profile(call)).loggedModels) return null
  const root = await findRunRoot(server, runId, call)
  const path = root === null ? null : relativeTo(root, source)
  if (path === null) return null
  await requireContent(server, { kind: 'run', runId, folder: '' }, path, call)
  return { source, runId, modelId: null }
}

function runOf(model: LoggedModel, given: string | null): string | null {
  if (given === null || model.runId === null || given === model.runId) return given ?? model.runId
  return refuse(`The source is of the run ${JSON.stringify(model.runId)}, not of ${JSON.stringify(given)}.`)
}

function schemeOf(source: string): string {
  return (/^([a-z][a-z0-9+.-]*):/i.exec(source)?.[1] ?? '').toLowerCase()
}

const ownedWords =
  'MLflow takes a location in its own artifact store only with the run that it is part of; files of another server have to be copied (artifacts: COPY).'
const localWords =
  'MLflow takes a path on a disk only with the run whose artifacts are there; the files have to be copied (artifacts: COPY), or be in a store that everybody reaches.'

const modelsWords = 'A models: source must be models:/NAME/VERSION.'

function refuse(words: string): never {
  throw refused(words)
}

function refused(words: string): RegistryError {
  return new RegistryError('BAD_USER_INPUT', words)
}
