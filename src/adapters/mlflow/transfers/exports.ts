import {
  type ArtifactExports,
  type Call,
  RegistryError,
  type TransferFile,
  type VersionKey,
} from '../../../contract/index.ts'
import { refuseFileName } from '../reads/artifact-names.ts'
import {
  type ArtifactPlace,
  below,
  listAllFiles,
  listFolder,
  toProxiedPlace,
} from '../reads/artifact-place.ts'
import { findOwnedPlace, findPlace } from '../reads/find-place.ts'
import { locate } from '../reads/location.ts'
import { getLoggedModel, loggedModelIdIn } from '../reads/logged-models.ts'
import { isPossibleVersion } from '../reads/version-keys.ts'
import type { MlflowRegistry } from '../registry.ts'
import type { MlflowClient } from '../wire/client.ts'
import { noSuchVersion } from '../writes/write-words.ts'
import { modelFile, withModelId } from './model-file.ts'
import { originalIdTag } from './transfer-model.ts'

export function artifactExports(server: MlflowRegistry): ArtifactExports {
  return {
    files: async (key, call) => (isPossibleVersion(key) ? listFiles(server, key, call) : null),
    read: (key, path, call) => readFile(server, key, path, call),
  }
}

async function listFiles(
  server: MlflowRegistry,
  key: VersionKey,
  call: Call,
): Promise<TransferFile[] | null> {
  const place = await findPlace(server, key, call)
  if (place === null) return null
  const files = await listAllFiles(server.client, place, call)
  for (const { path } of files) refuseFileName(path)
  return files.map(({ path, sizeBytes }) => ({ path, sizeBytes }))
}

async function readFile(
  server: MlflowRegistry,
  key: VersionKey,
  path: string,
  call: Call,
): Promise<AsyncIterable<Uint8Array>> {
  refuseFileName(path)
  const location = isPossibleVersion(key) ? await locate(server, key, call) : null
  if (location === null) throw new RegistryError('NOT_FOUND', noSuchVersion(key))
  const place = await placeToRead(server, key, location, path, call)
  try {
    const bytes = await download(server.client, place, below(place.folder, path), call)
    return path === modelFile ? await underOriginalId(server, location, bytes, call) : bytes
  } catch (error) {
    if (await isAbsent(server, place, path, error, call)) {
      throw new RegistryError('NOT_FOUND', noSuchFile(key, path), { cause: error })
    }
    throw error
  }
}

/** As it was before it was copied here: what was copied is the same wherever it goes on to. */
async function underOriginalId(
  server: MlflowRegistry,
  location: string,
  bytes: AsyncIterable<Uint8Array>,
  call: Call,
): Promise<AsyncIterable<Uint8Array>> {
  const modelId = loggedModelIdIn(location)
  const { loggedModels } = await server.profile(call)
  const model = modelId === null || !loggedModels ? null : await getLoggedModel(server.client, modelId, call)
  const originalId = model?.tags.find(({ key }) => key === originalIdTag)?.value
  if (originalId === undefined) return bytes
  return withModelId(bytes, (id) => (id === modelId ? originalId : null))
}

function download(
  client: MlflowClient,
  place: ArtifactPlace,
  file: string,
  call: Call,
): Promise<AsyncIterable<Uint8Array>> {
  switch (place.kind) {
    case 'proxied':
      return client.downloadProxiedArtifact(file, call)
    case 'run':
      return client.downloadRunArtifact(place.runId, file, call)
    case 'loggedModel':
      return client.downloadLoggedModelArtifact(place.modelId, file, call)
  }
}

async function placeToRead(
  server: MlflowRegistry,
  key: VersionKey,
  location: string,
  path: string,
  call: Call,
): Promise<ArtifactPlace> {
  const { proxiesAnyName } = await server.profile(call)
  const proxied = toProxiedPlace(server.client, location)
  return proxied !== null && (proxiesAnyName || isAscii(path))
    ? proxied
    : findOwnedPlace(server, key, location, call)
}

/** Older servers fail with 500 over a file that is not there, so that it has to be looked for. */
async function isAbsent(
  server: MlflowRegistry,
  place: ArtifactPlace,
  path: string,
  error: unknown,
  call: Call,
): Promise<boolean> {
  if (!RegistryError.is(error)) return false
  if (error.code === 'NOT_FOUND') return true
  if (error.code !== 'REGISTRY_ERROR') return false
  const siblings = await listFolder(server.client, place, path.split('/').slice(0, -1).join('/'), call)
  return !siblings.some((entry) => entry.path === path && !entry.isDirectory)
}

function noSuchFile({ model, version }: VersionKey, path: string): string {
  return `Version ${version} of the model ${JSON.stringify(model)} has no file ${JSON.stringify(path)}.`
}

function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII
  return /^[\x00-\x7f]*$/.test(text)
}
