import type { ArtifactReads, ArtifactRecord, Call, Outcome, VersionKey } from '../../../contract/index.ts'
import type { MlflowRegistry } from '../registry.ts'
import { visibleOrNull } from '../wire/or-null.ts'
import { listFolder } from './artifact-place.ts'
import { loadEach, loadInBatches } from './batches.ts'
import { findPlace } from './find-place.ts'
import { locate } from './location.ts'
import { identifyVersion, isPossibleVersion } from './version-keys.ts'

export function artifactReads(server: MlflowRegistry): ArtifactReads {
  return {
    locate: (keys, call) =>
      loadInBatches(keys, {
        identify: identifyVersion,
        possible: isPossibleVersion,
        split: (wanted) => [wanted],
        load: (part) => loadEach(part, identifyVersion, (key) => locate(server, key, call)),
      }),
    list: async (key, path, call) => (isPossibleVersion(key) ? listOfVersion(server, key, path, call) : null),
  }
}

async function listOfVersion(
  server: MlflowRegistry,
  key: VersionKey,
  path: string,
  call: Call,
): Promise<Outcome<readonly ArtifactRecord[]>> {
  if (path.split('/').includes('..')) return null
  const place = await findPlace(server, key, call)
  if (place === null) return null
  const files = await visibleOrNull(listFolder(server.client, place, path, call))
  if (files === null) return null
  // An artifact store has no empty folders, and lists what is not there as empty.
  return files.length === 0 && path !== '' ? null : files
}
