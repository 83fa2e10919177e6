/**
 * An answer in the form in which answers are compared, whichever schema it came from: numbers and times as texts, keys
 * sorted, tags and aliases sorted (modelgate sorts them, the peers keep the upstream's order), pages as their rows.
 */
export function canonical(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(canonical)
  if (data === null || data === undefined) return null
  if (typeof data !== 'object') return String(data)
  const entries = Object.entries(data)
  // Registries by alias, as modelgate is asked for what a URI means in each.
  if (entries.length > 0 && entries.every(([key]) => environments.has(key))) {
    return { registries: entries.map(([name, value]) => ({ modelVersionByAlias: canonical(value), name })) }
  }
  if (entries.length === 1 && entries[0]?.[0] === 'nodes') return canonical(entries[0][1])
  const canonicalEntries = entries
    .filter(([key]) => key !== '__typename')
    .map(([key, value]) => toEntry(key, value))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(canonicalEntries)
}

const environments = new Set(['dev', 'staging', 'prod'])

function toEntry(key: string, value: unknown): [string, unknown] {
  switch (key) {
    case 'createdAt':
      return ['creationTimestamp', String(Date.parse(String(value)))]
    case 'modelName':
      return ['name', canonical(value)]
    case 'latestVersion':
      return ['latestVersions', value === null ? [] : [canonical(value)]]
    case 'aliases':
      return [key, sorted((value as readonly unknown[]).map(toAlias))]
    case 'tags':
      return [key, sorted((value as readonly unknown[]).map(canonical))]
    default:
      return [key, canonical(value)]
  }
}

/** A model's alias names its version; a version's alias is only a name. */
function toAlias(alias: unknown): unknown {
  if (typeof alias !== 'object' || alias === null || !('name' in alias)) return canonical(alias)
  return 'versionNumber' in alias
    ? { alias: String(alias.name), version: String(alias.versionNumber) }
    : String(alias.name)
}

const sorted = (entries: readonly unknown[]) =>
  entries.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
