import { RegistryError, type TagRecord, type VersionKey } from '../../../contract/index.ts'
import { isAliasTag } from '../reads/alias-tags.ts'
import type { StageTags } from '../reads/stage-tags.ts'
import { isPossibleModel, isPossibleVersion } from '../wire/place.ts'

export function noSuchModel(name: string): RegistryError {
  return new RegistryError('NOT_FOUND', `There is no model ${JSON.stringify(name)}.`)
}

export function noSuchVersion({ model, version }: VersionKey): RegistryError {
  return new RegistryError(
    'NOT_FOUND',
    `The model ${JSON.stringify(model)} has no version ${JSON.stringify(version)}.`,
  )
}

export function requirePossibleModel(name: string): void {
  if (!isPossibleModel(name)) throw noSuchModel(name)
}

export function requirePossibleVersion(key: VersionKey): void {
  if (!isPossibleVersion(key)) throw noSuchVersion(key)
}

/** Aliases and stages stand in tags, and have their own writes. */
export function refuseOwnTags(keys: readonly string[], stages: StageTags): void {
  const own = keys.find((key) => isAliasTag(key) || stages.isOwn(key))
  if (own === undefined) return
  throw new RegistryError(
    'BAD_USER_INPUT',
    `The tag ${JSON.stringify(own)} stands for ${isAliasTag(own) ? 'an alias' : 'a stage'}: set ${isAliasTag(own) ? 'the alias' : 'the stage'} instead.`,
  )
}

export function keysOf(tags: readonly TagRecord[]): string[] {
  return tags.map(({ key }) => key)
}
