import { InputError } from '../input-error.ts'
import type { FederatedHop, FederatedVersion } from '../records.ts'
import type { Session } from '../session.ts'
import { parseModelUri } from './model-uri.ts'
import { locateUri } from './resolve-uri.ts'

export const maxHops = 32

/** Where a version was copied from, whether or not it is still there. */
interface Origin {
  readonly uri: string
  readonly registry: string
}

/**
 * All hops back to the origin, nearest first. Behind a broken hop it goes on by what was noted when the copy before it
 * was made. It ends at a version that is no copy, where nothing is known any more, or where it began.
 */
export async function lineageOf(session: Session, version: FederatedVersion): Promise<FederatedHop[]> {
  const hops: FederatedHop[] = []
  const seen = new Set([keyOf(version)])
  let earlier = version.earlierOrigins
  let next = originOf(version.source, version.registry)
  while (next && hops.length < maxHops) {
    const hop: FederatedHop = await follow(session, next)
    hops.push(hop)
    if (hop.version === null) {
      next = originOf(earlier[0] ?? null, next.registry)
      earlier = earlier.slice(1)
      continue
    }
    if (seen.has(keyOf(hop.version))) break
    seen.add(keyOf(hop.version))
    next = originOf(hop.version.source, hop.version.registry)
    earlier = hop.version.earlierOrigins
  }
  return hops
}

/** Null when the version is no copy. A hop whose model, version or registry is gone is broken. */
export async function hopBack(session: Session, version: FederatedVersion): Promise<FederatedHop | null> {
  const origin = originOf(version.source, version.registry)
  return origin && follow(session, origin)
}

/** `registry`: the one that the URI is of when it names none. */
function originOf(uri: string | null, registry: string): Origin | null {
  const parsed = uri === null ? null : parseModelUri(uri)
  return parsed && uri !== null ? { uri, registry: parsed.registry ?? registry } : null
}

async function follow(session: Session, { uri, registry }: Origin): Promise<FederatedHop> {
  const version = await find(session, uri, registry)
  return { uri, registry, version, broken: version === null }
}

/** A source that selects nothing its registry knows is as gone as one whose registry is not configured. */
async function find(session: Session, uri: string, registry: string): Promise<FederatedVersion | null> {
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
