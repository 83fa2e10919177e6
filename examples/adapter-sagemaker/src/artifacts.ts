import { type ArtifactReads, type Outcome, RegistryError } from 'modelgate/adapter'
import type { Client } from './client.ts'
import { getPackage } from './packages.ts'
import { getVersions } from './versions.ts'

export function sagemakerArtifacts(client: Client): ArtifactReads {
  return {
    async locate(keys, call) {
      const versions = await getVersions(client, keys, call)
      return versions.map((version): Outcome<string> => {
        if (version === null || RegistryError.is(version)) return version
        return version.artifactUri ?? unsupported('This version was made without files.')
      })
    },
    async list(key, _path, call) {
      if ((await getPackage(client, key, call)) === null) return null
      return unsupported(
        'The files of a version in SageMaker lie in S3, or in another place that it names; read them there.',
      )
    },
  }
}

function unsupported(message: string): RegistryError {
  return new RegistryError('UNSUPPORTED', message)
}
