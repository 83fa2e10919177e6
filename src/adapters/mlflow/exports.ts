import {
  type ArtifactExports,
  type Call,
  RegistryError,
  type TransferFile,
  type VersionKey,
} from '../../contract/index.ts'
import { refuseFileName } from './artifact-names.ts'
import { below, findPlace, findRunPlace, listAllFiles, toProxiedPlace } from './artifact-place.ts'
import { locate } from './location.ts'
import type { Server } from './server.ts'
import { isPossibleVersion } from './version-keys.ts'
import { inWords, noSuchVersion } from './write-words.ts'

export function mlflowExports(server: Server): ArtifactExports {
  return {
    files: async (key, call) => (isPossibleVersion(key) ? listFiles(server, key, call) : null),
    read: (key, path, call) => readFile(server, key, path, call),
  }
}

async function listFiles(server: Server, key: VersionKey, call: Call): Promise<TransferFile[] | null> {
  const place = await findPlace(server, key, call)
  if (place === null) return null
  const files = await listAllFiles(server.client, place, call)
  for (const { path } of files) refuseFileName(path)
  return files.map(({ path, sizeBytes }) => ({ path, sizeBytes }))
}

async function readFile(
  server: Server,
  key: VersionKey,
  path: string,
  call: Call,
): Promise<AsyncIterable<Uint8Array>> {
  refuseFileName(path)
  const location = isPossibleVersion(key) ? await locate(server, key, call) : null
  if (location === null) throw new RegistryError('NOT_FOUND', noSuchVersion(key))
  const words = {
    missing: `Version ${key.version} of the model ${JSON.stringify(key.model)} has no file ${JSON.stringify(path)}.`,
  }
  const { proxiesAnyName } = await server.profile(call)
  const proxied = toProxiedPlace(location)
  if (proxied !== null && (proxiesAnyName || isAscii(path))) {
    return inWords(server.client.downloadProxiedArtifact(below(proxied.folder, path), call), words)
  }
  const { runId, folder } = await findRunPlace(server, key, location, call)
  return inWords(server.client.downloadRunArtifact(runId, below(folder, path), call), words)
}

function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII
  return /^[\x00-\x7f]*$/.test(text)
}
