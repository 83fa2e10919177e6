import type { AliasRecord, ModelRecord, ModelVersionRecord, TagRecord } from '../../contract/index.ts'
import { isStorableText } from '../storable-text.ts'

/** An index of PostgreSQL takes no longer ones, whatever they are made of. */
const longestName = 500

/** Whether something of this name can be kept and found again. */
export function isKeepable(name: string): boolean {
  return name.length <= longestName && isStorableText(name)
}

const unstorable = /[\0\p{Cs}]/gu

/** What no database keeps is replaced, as is usual for what cannot be shown. */
export function keepable(text: string): string {
  return text.replace(unstorable, '\u{fffd}')
}

function keepableOrNone(text: string | null): string | null {
  return text === null ? null : keepable(text)
}

/** Of a key that comes twice the last. */
function keepableTags(tags: readonly TagRecord[]): TagRecord[] {
  const kept = new Map(
    tags.filter(({ key }) => isKeepable(key)).map(({ key, value }) => [key, keepable(value)]),
  )
  return [...kept].map(([key, value]) => ({ key, value })).sort((a, b) => (a.key < b.key ? -1 : 1))
}

/** The same record in a form that is kept, lists sorted; `null` where it cannot be. */
export function keepableModel(model: ModelRecord): ModelRecord | null {
  if (!isKeepable(model.name)) return null
  return {
    ...model,
    description: keepableOrNone(model.description),
    tags: keepableTags(model.tags),
    aliases: keepableAliases(model.aliases),
  }
}

/** Of a name that comes twice the last. */
function keepableAliases(aliases: readonly AliasRecord[]): AliasRecord[] {
  const able = aliases.filter(({ name, version }) => isKeepable(name) && isKeepable(version))
  const kept = new Map(able.map((alias) => [alias.name, alias]))
  return [...kept.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

export function keepableVersion(version: ModelVersionRecord): ModelVersionRecord | null {
  if (!isKeepable(version.modelName) || !isKeepable(version.version)) return null
  return {
    ...version,
    description: keepableOrNone(version.description),
    tags: keepableTags(version.tags),
    stage: keepableOrNone(version.stage),
    statusMessage: keepableOrNone(version.statusMessage),
    source: keepableOrNone(version.source),
    artifactUri: keepableOrNone(version.artifactUri),
    runId: version.runId !== null && isKeepable(version.runId) ? version.runId : null,
    digest: keepableOrNone(version.digest),
    createdBy: keepableOrNone(version.createdBy),
  }
}
