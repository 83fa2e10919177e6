import { RegistryError } from './error.ts'
import type { AliasKey, VersionKey } from './reads.ts'
import type { Expected } from './writes.ts'

/** @throws RegistryError CONFLICT when another version holds the alias than is expected, or none does. */
export function assertHolder(
  { model, alias }: AliasKey,
  current: string | null,
  expected: Expected<string | null>,
): void {
  if (expected === undefined || expected === current) return
  const holder = current === null ? 'Nobody holds' : `Version ${current} holds`
  const wanted = expected === null ? 'nobody was to' : `version ${expected} was to`
  const message = `${holder} the alias ${JSON.stringify(alias)} of the model ${JSON.stringify(model)}; ${wanted}.`
  throw new RegistryError('CONFLICT', message, { current })
}

/** @throws RegistryError CONFLICT when the version is in another stage than is expected. */
export function assertStage(
  { model, version }: VersionKey,
  current: string | null,
  expected: Expected<string>,
): void {
  if (expected === undefined || expected === current) return
  const message = `Version ${version} of the model ${JSON.stringify(model)} is in the stage ${current}; it was to be in ${expected}.`
  throw new RegistryError('CONFLICT', message, { current })
}
