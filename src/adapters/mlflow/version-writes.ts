import type { Call, NewVersion, VersionKey, VersionWrites } from '../../contract/index.ts'
import { parseVersionUri } from './location.ts'
import type { Server } from './server.ts'
import { deleteTags, refusePromptTag, setTags, type Tagged } from './tag-writes.ts'
import { checkSource } from './version-source.ts'
import { readObject, readText } from './wire.ts'
import {
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
    delete: async (key, call) => {
      requirePossibleVersion(key)
      await inWords(client.write('DELETE', 'model-versions/delete', identify(key), call), {
        missing: noSuchVersion(key),
      })
    },
  }
}

async function createVersion(server: Server, version: NewVersion, call: Call): Promise<string> {
  const { model, source, description, tags } = version
  requirePossibleModel(model)
  refusePromptTag(tags)
  const runId = await checkSource(server, version, call)
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
