import { InputError } from '../input-error.ts'
import type { FederatedHop, FederatedVersion } from '../records.ts'
import type { Session } from '../session.ts'
import { parseModelUri } from './model-uri.ts'
import { locateUri } from './resolve-uri.ts'

const maxHops = 32

/** All hops back to the origin, nearest first. It ends at a version that is no copy, at a broken hop, or where it began. */
export async function lineageOf(session: Session, version: FederatedVersion): Promise<FederatedHop[]> {
  const hops: FederatedHop[] = []
  const seen = new Set([keyOf(version)])
  let current: FederatedVersion | null = version
  while (current && hops.length < maxHops) {
    const hop: FederatedHop | null = await hopBack(session, current)
    if (!hop) break
    hops.push(hop)
    current = hop.version
    if (current && seen.has(keyOf(current))) break
    if (current) seen.add(keyOf(current))
  }
  return hops
}

/** Null when the version is no copy. A hop whose model, version or registry is gone is broken. */
export async function hopBack(session: Session, version: FederatedVersion): Promise<FederatedHop | null> {
  const parsed = version.source === null ? null : parseModelUri(version.source)
  if (!parsed || version.source === null) return null
  const uri = version.source
  const registry = parsed.registry ?? version.registry
  const found = await follow(session, uri, registry)
  return { uri, registry, version: found, broken: found === null }
}

/** A source that selects nothing its registry knows is as gone as one whose registry is not configured. */
async function follow(session: Session, uri: string, registry: string): Promise<FederatedVersion | null> {
  if (!session.findRegistry(registry)) return null
  try {
    return await locateUri(session, uri, registry, 'source').find()
  } catch (error) {
    if (error instanceof InputError) return null
    throw error
  }
}

function keyOf({ registry, modelName, version }: FederatedVersion): string {
  return JSON.stringify([registry, modelName, version])
}
