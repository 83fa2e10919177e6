import { type ArtifactReads, RegistryError } from 'modelgate/adapter'
import type { Client } from './client.ts'
import { getVersions } from './versions.ts'

export function sagemakerArtifacts(client: Client): ArtifactReads {
  return {
    async locate(keys, call) {
      const versions = await getVersions(client, keys, call)
      return versions.map((version) => {
        if (version === null || RegistryError.is(version)) return version
        return version.artifactUri ?? new RegistryError('UNSUPPORTED', 'This version was made without files.')
      })
    },
    async list(key, _path, call) {
      const [version = null] = await getVersions(client, [key], call)
      if (version === null || RegistryError.is(version)) return version
      return new RegistryError(
        'UNSUPPORTED',
        'The files of a version in SageMaker lie in S3, or in another place that it names; read them there.',
      )
    },
  }
}
