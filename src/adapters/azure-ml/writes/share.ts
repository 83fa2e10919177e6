import {
  afterFirstWrite,
  type Call,
  fromVersionUri,
  type NewVersion,
  RegistryError,
  type VersionKey,
} from '../../../contract/index.ts'
import type { Asset } from '../reads/asset.ts'
import { nextVersion } from '../reads/version-numbers.ts'
import type { AzureRegistry } from '../registry.ts'
import { noStage } from '../stages-config.ts'
import { finishOperation } from '../wire/operations.ts'
import { isPossibleVersion, modelPath, type Place, toPath, versionPath } from '../wire/place.ts'
import { readOptionalText, readTexts, type Wire } from '../wire/wire.ts'
import { toChange } from './asset-changes.ts'
import { updateAsset } from './asset-writes.ts'
import { noSuchModel, noSuchVersion } from './write-words.ts'

/** A version of a workspace that is to go to this registry. */
export interface Share {
  readonly workspace: Place
  readonly key: VersionKey
  /** The same as the copy names it: `models://registry/name/version`. */
  readonly origin: string
  /** Where its files are to be, so that it is no other version than the one that is meant. */
  readonly modelUri: string
}

/** The gateway's, of a copy. */
const originTag = 'modelgate.copied_from'

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
  const origin = tags.find(({ key }) => key === originTag)?.value ?? ''
  const key = fromVersionUri(origin)
  if (key === null || !isPossibleVersion(key)) {
    throw new RegistryError(
      'BAD_USER_INPUT',
      "An organisation's registry takes the files of a workspace with their version only: copy the version there.",
    )
  }
  const workspace = { kind: 'workspaces', subscriptionId, resourceGroup, name } as const
  return { workspace, key: { model: key.model, version: key.version }, origin, modelUri: source }
}

/**
 * Azure brings the tags along, stages among them; they are replaced by what the copy is to have. What is going to be
 * shared is noted before, so that a share that broke off in between is finished and not begun anew.
 *
 * @returns which version it is.
 */
export async function shareVersion(
  registry: AzureRegistry,
  share: Share,
  { model, container, own }: ShareTarget,
  call: Call,
): Promise<string> {
  await requireOriginal(registry, share, call)
  const left = await findUnfinished(registry, model, container, call)
  if (left?.origin === share.origin) {
    await finishShare(registry, { model, version: left.version }, own, call)
    return left.version
  }
  if (left !== null) await takeOutOfStage(registry, { model, version: left.version }, call)
  const version = await nextVersion(registry, model, container, call)
  const note = { [shareProperty]: `${version} ${share.origin}` }
  const noting = ({ properties }: Asset) => ({
    properties: { ...readTexts(properties, 'properties'), ...note },
  })
  await updateAsset(registry, modelPath(registry.place, model), noSuchModel(model), noting, call)
  await afterFirstWrite(publish(registry, share, { model, version }, call))
  await afterFirstWrite(finishShare(registry, { model, version }, own, call))
  return version
}

/** Where a share goes. */
export interface ShareTarget {
  readonly model: string
  readonly container: Asset
  /** What the version is to have. */
  readonly own: Wire
}

/** The property of a container that says which version was shared into it last, and from where. */
const shareProperty = 'modelgate.share'

/** Once it is finished, a copy has its origin among its tags; what Azure has brought has at most that of its original. */
async function findUnfinished(registry: AzureRegistry, model: string, container: Asset, call: Call) {
  const noted = readTexts(container.properties, 'properties')[shareProperty] ?? ''
  const [, version, origin] = /^(\S+) (.+)$/s.exec(noted) ?? []
  if (version === undefined || origin === undefined) return null
  const found = await registry.assets.get(versionPath(registry.place, { model, version }), call)
  return found === null || found.tags[originTag] === origin ? null : { version, origin }
}

async function requireOriginal({ assets }: AzureRegistry, share: Share, call: Call): Promise<void> {
  const original = await assets.get(versionPath(share.workspace, share.key), call)
  if (original === null) throw noSuchVersion(share.key)
  if (readOptionalText(original.properties, 'modelUri') === share.modelUri) return
  throw new RegistryError(
    'BAD_USER_INPUT',
    `The files are not those of ${JSON.stringify(share.key)} in the workspace.`,
  )
}

async function publish(
  { client, place }: AzureRegistry,
  { workspace, key }: Share,
  to: VersionKey,
  call: Call,
): Promise<void> {
  const body = { registryName: place.name, destinationName: to.model, destinationVersion: to.version }
  const answer = await client.write('POST', `${toPath(versionPath(workspace, key))}/publish`, body, call)
  await afterFirstWrite(finishOperation(client, answer, call))
}

async function finishShare(registry: AzureRegistry, to: VersionKey, own: Wire, call: Call): Promise<void> {
  const change = (shared: Asset) => ({
    ...own,
    properties: { ...readTexts(shared.properties, 'properties'), ...readTexts(own, 'properties') },
  })
  await updateAsset(registry, versionPath(registry.place, to), notShared(), change, call)
}

/** Nobody asks for it any more, and it is in a stage that only its original was moved to. */
async function takeOutOfStage(registry: AzureRegistry, key: VersionKey, call: Call): Promise<void> {
  const { place, stages } = registry
  const change = (shared: Asset) => toChange(shared, stages.write(shared.tags, noStage))
  await updateAsset(registry, versionPath(place, key), notShared(), change, call)
}

function notShared(): RegistryError {
  return new RegistryError('REGISTRY_ERROR', 'Azure ML has shared the version, and does not have it.')
}
