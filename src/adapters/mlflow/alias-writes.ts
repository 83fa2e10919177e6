import {
  type AliasKey,
  type AliasWrites,
  assertHolder,
  beforeFirstWrite,
  type Call,
  type Expected,
  RegistryError,
} from '../../contract/index.ts'
import { getModels } from './models.ts'
import type { Server } from './server.ts'
import {
  inWords,
  noSuchModel,
  noSuchVersion,
  requirePossibleModel,
  requirePossibleVersion,
  upsert,
} from './write-words.ts'

/** Look and write are two requests: what comes in between is not seen. */
export function mlflowAliasWrites(server: Server): AliasWrites {
  return {
    set: async (key, version, expected, call) => {
      requirePossibleVersion({ model: key.model, version })
      const previous = await beforeFirstWrite(requireHolder(server, key, expected, call))
      const json = { name: key.model, alias: key.alias, version }
      await inWords(
        upsert(() => server.client.write('POST', 'registered-models/alias', json, call)),
        { missing: noSuchVersion({ model: key.model, version }) },
      )
      return { previous }
    },
    delete: async (key, expected, call) => {
      requirePossibleModel(key.model)
      const previous = await beforeFirstWrite(requireHolder(server, key, expected, call))
      if (previous === null) return { previous }
      const json = { name: key.model, alias: key.alias }
      await inWords(server.client.write('DELETE', 'registered-models/alias', json, call), {
        missing: noSuchModel(key.model),
      })
      return { previous }
    },
  }
}

/** Who holds the alias now, who has to be the one that is expected. */
async function requireHolder(
  server: Server,
  key: AliasKey,
  expected: Expected<string | null>,
  call: Call,
): Promise<string | null> {
  const { aliases } = await server.profile(call)
  if (!aliases) throw new RegistryError('UNSUPPORTED', 'This MLflow has no aliases; they came with 2.3.')
  const [model = null] = await getModels(server, [key.model], call)
  if (RegistryError.is(model)) throw model
  if (model === null) throw new RegistryError('NOT_FOUND', noSuchModel(key.model))
  const holder = model.aliases.find(({ name }) => name === key.alias)?.version ?? null
  assertHolder(key, holder, expected)
  return holder
}
