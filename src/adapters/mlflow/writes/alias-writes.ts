import {
  type AliasKey,
  type AliasWrites,
  assertHolder,
  beforeFirstWrite,
  type Call,
  type Expected,
  type ModelRecord,
  RegistryError,
} from '../../../contract/index.ts'
import { requireModel, requireVersion } from '../reads/require-readable.ts'
import type { MlflowRegistry } from '../registry.ts'
import { inWords, noSuchModel, noSuchVersion, upsert } from './write-words.ts'

/** Look and write are two requests: what comes in between is not seen. */
export function aliasWrites(server: MlflowRegistry): AliasWrites {
  return {
    set: async (key, version, expected, call) => {
      await requireAliases(server, call)
      const target = { model: key.model, version }
      const { model } = await requireVersion(server, target, call, noSuchModel(key.model))
      const previous = expectHolder(model, key, expected)
      const json = { name: key.model, alias: key.alias, version }
      await inWords(
        upsert(() => server.client.write('POST', 'registered-models/alias', json, call)),
        { missing: noSuchVersion(target) },
      )
      return { previous }
    },
    delete: async (key, expected, call) => {
      await requireAliases(server, call)
      const previous = expectHolder(await requireModel(server, key.model, call), key, expected)
      if (previous === null) return { previous }
      const json = { name: key.model, alias: key.alias }
      await inWords(server.client.write('DELETE', 'registered-models/alias', json, call), {
        missing: noSuchModel(key.model),
      })
      return { previous }
    },
  }
}

async function requireAliases(server: MlflowRegistry, call: Call): Promise<void> {
  const { aliases } = await beforeFirstWrite(Promise.resolve(server.profile(call)))
  if (!aliases) throw new RegistryError('UNSUPPORTED', 'This MLflow has no aliases; they came with 2.3.')
}

/** Who holds the alias now, who has to be the one that is expected. */
function expectHolder(model: ModelRecord, key: AliasKey, expected: Expected<string | null>): string | null {
  const holder = model.aliases.find(({ name }) => name === key.alias)?.version ?? null
  assertHolder(key, holder, expected)
  return holder
}
