import { sql } from 'kysely'
import type { Call, ModelVersionRecord, VersionKey, VersionReads } from '../../../contract/index.ts'
import { isStorableText } from '../../../state/storable-text.ts'
import { type LocalRegistry, runStatement } from '../registry.ts'
import { loadHighest, loadLatest } from './highest-versions.ts'
import { listVersions } from './version-list.ts'
import { selectVersionRows, toVersionNumber, toVersionRecord } from './version-rows.ts'

export function versionReads(registry: LocalRegistry): VersionReads {
  return {
    get: (keys, call) => getVersions(registry, keys, call),
    list: (query, call) => listVersions(registry, query, call),

    async ofModels(names, limit, call) {
      // One more than is wanted tells whether there are others.
      const byModel = await loadHighest(registry, names, limit + 1, call)
      return names.map((name) => {
        const versions = byModel.get(name)
        return versions ? { versions: versions.slice(0, limit), complete: versions.length <= limit } : null
      })
    },

    async latest(names, call) {
      const byModel = await loadLatest(registry, names, call)
      return names.map((name) => byModel.get(name) ?? null)
    },
  }
}

export async function getVersions(
  registry: LocalRegistry,
  keys: readonly VersionKey[],
  call: Call,
): Promise<(ModelVersionRecord | null)[]> {
  const pairs = keys.flatMap(({ model, version }) => {
    const number = toVersionNumber(version)
    return number !== null && isStorableText(model) ? [[model, number] as const] : []
  })
  if (pairs.length === 0) return keys.map(() => null)
  const among = registry.database.functions.inPairs(sql.ref('v.model_name'), sql.ref('v.number'), pairs)
  const rows = await runStatement(registry, call, selectVersionRows(registry).where(among))
  const records = new Map(
    rows.map((row) => [keyOf(row.model_name, String(row.number)), toVersionRecord(row)]),
  )
  return keys.map(({ model, version }) => records.get(keyOf(model, version)) ?? null)
}

/** A version is digits only here, so no two keys are written alike. */
function keyOf(model: string, version: string): string {
  return `${version}/${model}`
}
