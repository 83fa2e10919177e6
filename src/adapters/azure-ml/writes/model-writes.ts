import { type Call, type ModelWrites, type NewModel, RegistryError } from '../../../contract/index.ts'
import type { Asset } from '../reads/asset.ts'
import type { AzureRegistry } from '../registry.ts'
import { isPossibleModel, modelPath } from '../wire/place.ts'
import type { Wire } from '../wire/wire.ts'
import { toTags, withDescription, withoutTags, withTags } from './asset-changes.ts'
import { createAsset, updateAsset } from './asset-writes.ts'
import { keysOf, noSuchModel, refuseOwnTags, requirePossibleModel } from './write-words.ts'

export function modelWrites(registry: AzureRegistry): ModelWrites {
  const { stages } = registry
  return {
    create: (model, call) => createModel(registry, model, call),
    describe: (name, description, call) =>
      updateModel(registry, name, (container) => withDescription(container, description), call),
    setTags: async (name, tags, call) => {
      refuseOwnTags(keysOf(tags), stages)
      await updateModel(registry, name, (container) => withTags(container, tags), call)
    },
    deleteTags: async (name, keys, call) => {
      refuseOwnTags(keys, stages)
      await updateModel(registry, name, (container) => withoutTags(container, keys), call)
    },
  }
}

async function createModel(registry: AzureRegistry, model: NewModel, call: Call): Promise<void> {
  const { name, description, tags } = model
  if (!isPossibleModel(name)) {
    throw new RegistryError(
      'BAD_USER_INPUT',
      `Azure ML takes no model of the name ${JSON.stringify(name)}: it must have 1 to 255 letters, digits, "_" and "-", and begin with a letter or a digit.`,
    )
  }
  refuseOwnTags(keysOf(tags), registry.stages)
  await registry.writers.run(name, call.signal, async () => {
    const path = modelPath(registry.place, name)
    if ((await registry.assets.get(path, call)) !== null) {
      throw new RegistryError('ALREADY_EXISTS', `There is already a model ${JSON.stringify(name)}.`)
    }
    await createAsset(registry, path, { description: description || null, tags: toTags(tags) }, call)
  })
}

async function updateModel(
  registry: AzureRegistry,
  name: string,
  change: (container: Asset) => Wire | null,
  call: Call,
): Promise<void> {
  requirePossibleModel(name)
  await registry.writers.run(name, call.signal, () =>
    updateAsset(registry, modelPath(registry.place, name), noSuchModel(name), change, call),
  )
}
