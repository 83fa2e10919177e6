import type { Call, NewVersion, VersionKey, VersionWrites } from '../../contract/index.ts'
import { beforeFirstWrite } from '../../contract/index.ts'
import { parseVersionUri } from './location.ts'
import type { Server } from './server.ts'
import { deleteTags, refusePromptTag, setTags, type Tagged } from './tag-writes.ts'
import { getVersion } from './version-keys.ts'
import { checkSource } from './version-source.ts'
import { readObject, readText } from './wire.ts'
import {
  inSequence,
  inWords,
  noSuchModel,
  noSuchVersion,
  requirePossibleModel,
  requirePossibleVersion,
} from './write-words.ts'

export function mlflowVersionWrites(server: Server): VersionWrites {
  const { client } = server
  return {
    create: (version, call) => createVersion(server, version, call),
    describe: async (key, description, call) => {
      requirePossibleVersion(key)
      const json = { ...identify(key), description: description ?? '' }
      await inWords(client.write('PATCH', 'model-versions/update', json, call), {
        missing: noSuchVersion(key),
      })
    },
    setTags: async (key, tags, call) => setTags(client, tagged(key), tags, call),
    deleteTags: async (key, keys, call) => deleteTags(client, tagged(key), keys, call),
    delete: (key, call) => deleteVersion(server, key, call),
  }
}

/** Older servers leave the aliases of a deleted version behind, pointing nowhere. */
async function deleteVersion(server: Server, key: VersionKey, call: Call): Promise<void> {
  requirePossibleVersion(key)
  const aliases = await beforeFirstWrite(leftAliases(server, key, call))
  const steps = [
    ...aliases.map((alias) => ({ path: 'registered-models/alias', json: { name: key.model, alias } })),
    { path: 'model-versions/delete', json: identify(key) },
  ]
  await inSequence(steps, ({ path, json }) =>
    inWords(server.client.write('DELETE', path, json, call), { missing: noSuchVersion(key) }),
  )
}

async function leftAliases(server: Server, key: VersionKey, call: Call): Promise<readonly string[]> {
  const { aliases, deletesAliases } = await server.profile(call)
  if (!aliases || deletesAliases) return []
  return (await getVersion(server, key, call))?.aliases ?? []
}

async function createVersion(server: Server, version: NewVersion, call: Call): Promise<string> {
  const { model, source, description, tags } = version
  requirePossibleModel(model)
  refusePromptTag(tags)
  const runId = await beforeFirstWrite(checkSource(server, version, call))
  const json = {
    name: model,
    source,
    tags,
    ...(runId === null ? {} : { run_id: runId }),
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

function tagged(key: VersionKey): Tagged {
  requirePossibleVersion(key)
  return { path: 'model-versions', identity: identify(key), missing: noSuchVersion(key) }
}
