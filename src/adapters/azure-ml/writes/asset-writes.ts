import { afterFirstWrite, type Call, RegistryError } from '../../../contract/index.ts'
import { parseJsonObject } from '../../http/parse-json.ts'
import { type Asset, isLater, toAsset } from '../reads/asset.ts'
import type { AzureRegistry } from '../registry.ts'
import type { AzureAnswer } from '../wire/azure-answer.ts'
import { finishOperation } from '../wire/operations.ts'
import { type AssetPath, toPath } from '../wire/place.ts'
import type { Wire } from '../wire/wire.ts'

/** What the service says of an asset and nobody can write. */
const readOnly: ReadonlySet<string> = new Set(['provisioningState', 'latestVersion', 'nextVersion'])

/**
 * Reads, changes and writes the whole of an asset. Azure replaces it by what it is sent, so everything goes back as it
 * came, known or not. That somebody else came in between is seen as long as our own write is not on its way.
 *
 * @param change what of the properties is to be otherwise; `null`: nothing is.
 */
export async function updateAsset(
  registry: AzureRegistry,
  path: AssetPath,
  missing: RegistryError,
  change: (asset: Asset) => Promise<Wire | null> | Wire | null,
  call: Call,
): Promise<Asset> {
  const before = await registry.assets.get(path, call)
  if (before === null) throw missing
  const changed = await change(before)
  if (changed === null) return before
  const now = await registry.assets.get(path, call)
  if (now === null) throw missing
  if (now.modifiedAt !== before.modifiedAt) throw changedMeanwhile()
  const written = Object.entries(before.properties).filter(([key]) => !readOnly.has(key))
  const { asset, created } = await putAsset(
    registry,
    path,
    before,
    { ...Object.fromEntries(written), ...changed },
    call,
  )
  if (!created) return asset
  throw new RegistryError('CONFLICT', 'Somebody else has deleted it at the same time; it is there again.', {
    nothingWritten: false,
  })
}

/** Something that was looked for and not found. */
export async function createAsset(
  registry: AzureRegistry,
  path: AssetPath,
  properties: Wire,
  call: Call,
): Promise<Asset> {
  const { asset, created } = await putAsset(registry, path, null, properties, call)
  if (created) return asset
  throw new RegistryError(
    'CONFLICT',
    `Somebody else has made ${JSON.stringify(path.name)} at the same time, and it has now what was to be made: look what is there.`,
    { current: path.name, nothingWritten: false },
  )
}

/** @param before what was there when it was looked for. */
async function putAsset(
  registry: AzureRegistry,
  path: AssetPath,
  before: Asset | null,
  properties: Wire,
  call: Call,
) {
  const answer = await registry.client.write('PUT', toPath(path), { properties }, call)
  const asset = await afterFirstWrite(readWritten(registry, path, answer, call))
  registry.recent.note(path, asset)
  return { asset, created: isNew(answer, asset, before) }
}

/** 201 says so. What was only begun (202) says nothing, and then the times do. */
function isNew({ status }: AzureAnswer, written: Asset, before: Asset | null): boolean {
  if (status !== 202) return status !== 200
  return before === null
    ? !isLater(written.modifiedAt, written.createdAt)
    : written.createdAt !== before.createdAt
}

async function readWritten(
  { client, assets }: AzureRegistry,
  path: AssetPath,
  answer: AzureAnswer,
  call: Call,
): Promise<Asset> {
  if (!(await finishOperation(client, answer, call))) return toAsset(await parseJsonObject(answer))
  const found = await assets.get(path, call)
  if (found !== null) return found
  throw new RegistryError(
    'REGISTRY_ERROR',
    'Azure ML has taken the write, and does not have what was written.',
  )
}

/** Something that was looked for and found: when somebody else was faster, it is gone all the same. */
export async function deleteAsset(
  registry: AzureRegistry,
  path: AssetPath,
  found: Asset,
  call: Call,
): Promise<void> {
  const answer = await registry.client.write('DELETE', toPath(path), undefined, call)
  await afterFirstWrite(finishOperation(registry.client, answer, call))
  registry.recent.note(path, found, true)
}

function changedMeanwhile(): RegistryError {
  return new RegistryError('CONFLICT', 'Somebody else has changed it at the same time; it was left as it is.')
}
