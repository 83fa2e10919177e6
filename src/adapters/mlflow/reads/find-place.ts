import { type Call, RegistryError, type VersionKey } from '../../../contract/index.ts'
import type { MlflowRegistry } from '../registry.ts'
import {
  type ArtifactPlace,
  folderBelow,
  type LoggedModelPlace,
  type RunPlace,
  toProxiedPlace,
} from './artifact-place.ts'
import { findRunRoot, locate } from './location.ts'
import { getLoggedModel, loggedModelIdIn } from './logged-models.ts'
import { findVersion } from './version-keys.ts'

/** `null`: there is no such version. */
export async function findPlace(
  server: MlflowRegistry,
  key: VersionKey,
  call: Call,
): Promise<ArtifactPlace | null> {
  const location = await locate(server, key, call)
  if (location === null) return null
  return toProxiedPlace(server.client, location) ?? findOwnedPlace(server, key, location, call)
}

/** As part of what the server itself reads for its clients, by the way that every server of its kind has. */
export async function findOwnedPlace(
  server: MlflowRegistry,
  key: VersionKey,
  location: string,
  call: Call,
): Promise<RunPlace | LoggedModelPlace> {
  const place =
    (await findLoggedModelPlace(server, location, call)) ?? (await findRunPlace(server, key, location, call))
  if (place !== null) return place
  throw new RegistryError(
    'UNSUPPORTED',
    'MLflow gives the files only of versions that are part of a run or a logged model, or in a store that it is the proxy of.',
  )
}

async function findLoggedModelPlace(
  server: MlflowRegistry,
  location: string,
  call: Call,
): Promise<LoggedModelPlace | null> {
  const modelId = loggedModelIdIn(location)
  if (modelId === null || !(await server.profile(call)).loggedModels) return null
  const model = await getLoggedModel(server.client, modelId, call)
  const folder = model === null ? null : folderBelow(model.location, location)
  return folder === null ? null : { kind: 'loggedModel', modelId, folder }
}

async function findRunPlace(
  server: MlflowRegistry,
  key: VersionKey,
  location: string,
  call: Call,
): Promise<RunPlace | null> {
  const runId = (await findVersion(server, key, call))?.runId ?? null
  const root = runId === null ? null : await findRunRoot(server, runId, call)
  const folder = root === null ? null : folderBelow(root, location)
  return runId === null || folder === null ? null : { kind: 'run', runId, folder }
}
