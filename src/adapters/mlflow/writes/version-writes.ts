import type { Call, ModelRecord, NewVersion, VersionKey, VersionWrites } from '../../../contract/index.ts'
import { beforeFirstWrite } from '../../../contract/index.ts'
import { parseVersionUri } from '../reads/location.ts'
import { parseLoggedModelUri } from '../reads/logged-models.ts'
import { requireModel, requireVersion } from '../reads/require-readable.ts'
import type { MlflowRegistry } from '../registry.ts'
import { readObject, readText } from '../wire/wire.ts'
import { deleteTags, refusePromptTag, setTags, type Tagged } from './tag-writes.ts'
import { checkSource } from './version-source.ts'
import { inSequence, inWords, noSuchModel, noSuchVersion } from './write-words.ts'

export function versionWrites(server: MlflowRegistry): VersionWrites {
  const { client } = server
  const tagged = async (key: VersionKey, call: Call): Promise<Tagged> => {
    await requireVersion(server, key, call)
    return { path: 'model-versions', identity: identify(key), missing: noSuchVersion(key) }
  }
  return {
    create: (version, call) => createVersion(server, version, call),
    takesSource: (source) => parseLoggedModelUri(source) !== null,
    describe: async (key, description, call) => {
      await requireVersion(server, key, call)
      const json = { ...identify(key), description: description ?? '' }
      await inWords(client.write('PATCH', 'model-versions/update', json, call), {
        missing: noSuchVersion(key),
      })
    },
    setTags: async (key, tags, call) => setTags(client, await tagged(key, call), tags, call),
    deleteTags: async (key, keys, call) => deleteTags(client, await tagged(key, call), keys, call),
    delete: (key, call) => deleteVersion(server, key, call),
  }
}

/** Older servers leave the aliases of a deleted version behind, pointing nowhere. */
async function deleteVersion(server: MlflowRegistry, key: VersionKey, call: Call): Promise<void> {
  const { model } = await requireVersion(server, key, call)
  const aliases = await beforeFirstWrite(leftAliases(server, model, key, call))
  const steps = [
    ...aliases.map((alias) => ({ path: 'registered-models/alias', json: { name: key.model, alias } })),
    { path: 'model-versions/delete', json: identify(key) },
  ]
  await inSequence(steps, ({ path, json }) =>
    inWords(server.client.write('DELETE', path, json, call), { missing: noSuchVersion(key) }),
  )
}

async function leftAliases(
  server: MlflowRegistry,
  model: ModelRecord,
  { version }: VersionKey,
  call: Call,
): Promise<readonly string[]> {
  const { deletesAliases } = await server.profile(call)
  if (deletesAliases) return []
  return model.aliases.filter((alias) => alias.version === version).map(({ name }) => name)
}

async function createVersion(server: MlflowRegistry, version: NewVersion, call: Call): Promise<string> {
  const { model, description, tags } = version
  await requireModel(server, model, call)
  refusePromptTag(tags.map(({ key }) => key))
  const { source, runId, modelId } = await beforeFirstWrite(checkSource(server, version, call))
  const json = {
    name: model,
    source,
    tags,
    ...(runId === null ? {} : { run_id: runId }),
    ...(modelId === null ? {} : { model_id: modelId }),
    ...(description === null ? {} : { description }),
  }
  const wire = await inWords(server.client.write('POST', 'model-versions/create', json, call), {
    missing: missingOf(version),
  })
  return readText(readObject(wire, 'model_version'), 'version')
}

/** Of a copy MLflow does not say in a word which of the two is missing. */
function missingOf({ model, source }: NewVersion): string {
  const original = parseVersionUri(source)
  return original === null ? noSuchModel(model) : `${noSuchModel(model)} Or: ${noSuchVersion(original)}`
}

function identify({ model, version }: VersionKey) {
  return { name: model, version }
}
