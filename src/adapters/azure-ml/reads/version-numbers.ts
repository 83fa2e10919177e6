import type { Call } from '../../../contract/index.ts'
import type { AzureRegistry } from '../registry.ts'
import { versionPath, versionsPath } from '../wire/place.ts'
import { readOptionalText, readTexts, type Wire } from '../wire/wire.ts'
import { readAliases } from './alias-tags.ts'
import type { Asset } from './asset.ts'

/** As many as can be made while a list lags behind, or as are looked for. */
const mostUnlisted = 20

/** The property of a container that keeps the highest version that was deleted. */
const highestProperty = 'modelgate.highest_version'

/**
 * Above all that are there or were, archived or not. Azure counts too, but does not say for how long; and an alias of a
 * version that another program has deleted is not to come to point to this one.
 */
export async function nextVersion(
  registry: AzureRegistry,
  model: string,
  container: Asset,
  call: Call,
): Promise<string> {
  const { properties } = container
  const counted = countedBy(container)
  const deleted = toNumber(readTexts(properties, 'properties')[highestProperty] ?? null)
  const held = readAliases(container.tags).map(({ version }) => toNumber(version))
  const next = String(Math.max(counted, deleted, ...held, 0) + 1)
  const taken = await registry.assets.get(versionPath(registry.place, { model, version: next }), call)
  return taken === null ? next : nextOfAll(registry, model, Number(next), call)
}

async function nextOfAll(
  registry: AzureRegistry,
  model: string,
  atLeast: number,
  call: Call,
): Promise<string> {
  const { assets, place } = registry
  const all = await assets.list(versionsPath(place, model), true, call)
  let next = Math.max(atLeast, ...(all?.rows ?? []).map(({ name }) => toNumber(name))) + 1
  // A list may lag behind, and what is there must not be written over.
  while ((await assets.get(versionPath(place, { model, version: String(next) }), call)) !== null) next++
  return String(next)
}

/** The newest that were made and that a list does not show yet; or not any more. */
export function unlistedVersions(container: Asset, listed: readonly string[]): string[] {
  const newest = countedBy(container)
  const first = Math.max(...listed.map(toNumber), newest - mostUnlisted) + 1
  return Array.from({ length: Math.max(0, newest - first + 1) }, (_, index) => String(first + index))
}

function countedBy({ properties }: Asset): number {
  return toNumber(readOptionalText(properties, 'nextVersion')) - 1
}

/** What a container is to keep when the version is gone; `null`: a higher one is noted already. */
export function withVersionGiven({ properties }: Asset, version: string): Wire | null {
  const own = readTexts(properties, 'properties')
  if (toNumber(version) <= toNumber(own[highestProperty] ?? null)) return null
  return { properties: { ...own, [highestProperty]: version } }
}

/** Versions need not be numbers. */
function toNumber(version: string | null): number {
  return version !== null && /^[1-9]\d{0,8}$/.test(version) ? Number(version) : 0
}
