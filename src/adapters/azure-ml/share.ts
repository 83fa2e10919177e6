import {
  afterFirstWrite,
  type Call,
  type NewVersion,
  RegistryError,
  type VersionKey,
} from '../../contract/index.ts'
import { updateAsset } from './asset-writes.ts'
import { parseVersionUri } from './model-uri.ts'
import { finishOperation } from './operations.ts'
import { isPossibleVersion, type Place, toPath, versionPath } from './place.ts'
import type { AzureRegistry } from './registry.ts'
import { readOptionalText, readTexts, type Wire } from './wire.ts'
import { noSuchVersion } from './write-words.ts'

/** A version of a workspace that is to go to this registry. */
export interface Share {
  readonly workspace: Place
  readonly key: VersionKey
  /** Where its files are to be, so that it is no other version than the one that is meant. */
  readonly modelUri: string
}

const workspaceFiles =
  /^azureml:\/\/subscriptions\/([^/]+)\/resourcegroups\/([^/]+)\/(?:providers\/[^/]+\/)?workspaces\/([^/]+)\/datastores\//i

/**
 * A registry of the organisation has no access to the storage of a workspace: Azure itself brings the files over. A
 * copy says where the files are, and in a tag of the gateway's which version has them.
 */
export function findShare({ place }: AzureRegistry, { source, tags }: NewVersion): Share | null {
  const [, subscriptionId, resourceGroup, name] = workspaceFiles.exec(source) ?? []
  if (
    place.kind !== 'registries' ||
    subscriptionId === undefined ||
    resourceGroup === undefined ||
    name === undefined
  ) {
    return null
  }
  const origin = tags.find(({ key }) => key === 'modelgate.copied_from')?.value ?? ''
  const key = parseVersionUri(origin.replace(/^models:\/\/[^/]+\//, 'models:/'))
  if (key === null || !isPossibleVersion(key)) {
    throw new RegistryError(
      'BAD_USER_INPUT',
      "An organisation's registry takes the files of a workspace with their version only: copy the version there.",
    )
  }
  return { workspace: { kind: 'workspaces', subscriptionId, resourceGroup, name }, key, modelUri: source }
}

/** Azure brings the tags along, stages among them; they are replaced by what the copy is to have. */
export async function shareVersion(
  registry: AzureRegistry,
  share: Share,
  to: VersionKey,
  own: Wire,
  call: Call,
): Promise<void> {
  const { client, assets, place } = registry
  const from = versionPath(share.workspace, share.key)
  const original = await assets.get(from, call)
  if (original === null) throw noSuchVersion(share.key)
  if (readOptionalText(original.properties, 'modelUri') !== share.modelUri) {
    throw new RegistryError(
      'BAD_USER_INPUT',
      `The files are not those of ${JSON.stringify(share.key)} in the workspace.`,
    )
  }
  const body = { registryName: place.name, destinationName: to.model, destinationVersion: to.version }
  const answer = await client.write('POST', `${toPath(from)}/publish`, body, call)
  await afterFirstWrite(finishOperation(client, answer, call))
  const change = (shared: { readonly properties: Wire }) => ({
    ...own,
    properties: { ...readTexts(shared.properties, 'properties'), ...readTexts(own, 'properties') },
  })
  const missing = new RegistryError(
    'REGISTRY_ERROR',
    'Azure ML has shared the version, and does not have it.',
  )
  await afterFirstWrite(updateAsset(registry, versionPath(place, to), missing, change, call))
}
