import type { AliasRecord } from '../../../contract/index.ts'
import type { Tags } from '../wire/wire.ts'

/** On the container, so that an alias has one holder however many write it. */
const prefix = 'alias.'

export function isAliasTag(key: string): boolean {
  return key.startsWith(prefix)
}

export function toAliasTag(alias: string): string {
  return prefix + alias
}

/** What cannot be an alias anywhere is none here, whoever has tagged it. */
export function readAliases(tags: Tags): AliasRecord[] {
  return Object.entries(tags).flatMap(([key, version]) => {
    const name = key.slice(prefix.length)
    const isAlias = isAliasTag(key) && name !== '' && !/^(latest|v\d+)$/i.test(name)
    return isAlias && version ? [{ name, version }] : []
  })
}

export function aliasesOf(aliases: readonly AliasRecord[], version: string): string[] {
  return aliases.flatMap((alias) => (alias.version === version ? [alias.name] : []))
}
