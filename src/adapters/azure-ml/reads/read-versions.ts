import type { AliasRecord, Call, ModelVersionRecord, Outcome, VersionKey } from '../../../contract/index.ts'
import { type ReadRows, readRows } from '../../http/read-rows.ts'
import type { AzureRegistry } from '../registry.ts'
import { isPossibleVersion, versionPath, versionsPath } from '../wire/place.ts'
import { loadEach } from './load-each.ts'
import { toVersionRecord } from './to-records.ts'

/** The most that are asked for on one page; Azure may give fewer. */
const versionsPerPage = '100'

/** @param aliases those of the models, where they are known. */
export function getVersions(
  { assets, place, stages, connections }: AzureRegistry,
  keys: readonly VersionKey[],
  aliases: ReadonlyMap<string, readonly AliasRecord[]> | null,
  call: Call,
): Promise<Outcome<ModelVersionRecord>[]> {
  return loadEach(keys, {
    identify: ({ model, version }) => `${model} ${version}`,
    possible: isPossibleVersion,
    limit: connections,
    load: async (key) => {
      const asset = await assets.get(versionPath(place, key), call)
      return asset && toVersionRecord(key.model, asset, aliases?.get(key.model) ?? null, stages)
    },
  })
}

/** In no order; `null`: there may be no such model. */
export async function readVersions(
  { assets, place, stages }: AzureRegistry,
  model: string,
  includeArchived: boolean,
  aliases: readonly AliasRecord[] | null,
  call: Call,
): Promise<ReadRows<ModelVersionRecord> | null> {
  const query = { $top: versionsPerPage }
  const found = await assets.list(versionsPath(place, model), includeArchived, call, query)
  if (found === null) return null
  const { rows, flaw } = readRows(found.rows, (asset) => toVersionRecord(model, asset, aliases, stages))
  return { rows, flaw: found.flaw ?? flaw }
}
