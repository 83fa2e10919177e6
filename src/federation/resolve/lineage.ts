import { fromVersionUri } from '../../contract/index.ts'
import { parseModelUri } from '../records/model-uri.ts'
import { differ, isSamePlace, type NotedOrigin, noteOf } from '../records/noted-origin.ts'
import type { FederatedHop, FederatedVersion } from '../records/records.ts'
import type { Reader } from '../session/reader.ts'
import type { Session } from '../session/session.ts'

export const maxHops = 32

/** By how much the clocks of one registry's servers may differ, and those of two registries. */
const mostSkewMs = 60_000
const mostSkewBetweenMs = 86_400_000

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
  for await (const hop of hopsBack(session, version)) hops.push(hop)
  return hops
}

/** Null when the version is no copy. A hop whose model, version or registry is gone is broken. */
export async function hopBack(session: Session, version: FederatedVersion): Promise<FederatedHop | null> {
  for await (const hop of hopsBack(session, version)) return hop
  return null
}

/** One after the other, as they are asked for. */
export async function* hopsBack(session: Session, version: FederatedVersion): AsyncGenerator<FederatedHop> {
  const seen = new Set([keyOf(version)])
  let witness = version
  let earlier = version.earlierOrigins
  let next = originOf(version.source, version.registry)
  for (let hops = 0; next && hops < maxHops; hops++) {
    const hop: FederatedHop = await follow(session, next, witness)
    yield hop
    if (hop.version === null) {
      next = originOf(earlier[0] ?? null, next.registry)
      earlier = earlier.slice(1)
      continue
    }
    if (seen.has(keyOf(hop.version))) return
    seen.add(keyOf(hop.version))
    witness = hop.version
    next = originOf(witness.source, witness.registry)
    earlier = witness.earlierOrigins
  }
}

/** `registry`: the one that the URI is of when it names none. */
function originOf(uri: string | null, registry: string): Origin | null {
  const parsed = uri === null ? null : parseModelUri(uri)
  return parsed && uri !== null ? { uri, registry: parsed.registry ?? registry } : null
}

/** @param witness the copy that says so. */
async function follow(
  session: Session,
  { uri, registry }: Origin,
  witness: FederatedVersion,
): Promise<FederatedHop> {
  const key = fromVersionUri(uri)
  const place = key && { ...key, registry }
  const noted = (place && witness.notedOrigins.find((note) => isSamePlace(note, place))) ?? null
  const reader = key && (await readerOf(session, registry, witness))
  const found = (key && (await reader?.version(key))) ?? null
  const version = found !== null && isAnother(found, noted, witness) ? null : found
  return { uri, registry, version, broken: version === null, noted }
}

/** Whether one hop back from the one is the other. */
export function isCopyOf(copy: FederatedVersion, origin: FederatedVersion): boolean {
  const { registry, modelName: model, version } = origin
  const from = originOf(copy.source, copy.registry)
  const key = from && fromVersionUri(from.uri)
  const place = key && { ...key, registry: from.registry }
  if (place === null || !isSamePlace(place, { registry, model, version })) return false
  return !isAnother(origin, copy.notedOrigins.find((note) => isSamePlace(note, place)) ?? null, copy)
}

/** As the copy was read, unless what it came from is not kept. */
async function readerOf(
  session: Session,
  registry: string,
  { mode }: FederatedVersion,
): Promise<Reader | null> {
  const live = session.findRegistry(registry)
  if (live === null || mode === 'LIVE') return live
  const { readers } = session.federation
  const { id } = await readers.kept(live)
  return id === null ? live : readers.inMode(mode, live)
}

/** Whether the name stands for another version than it did when the copy was made. */
function isAnother(found: FederatedVersion, noted: NotedOrigin | null, witness: FederatedVersion): boolean {
  if (noted !== null) return differ(noteOf(found), noted)
  if (!found.createdAt || !witness.createdAt) return false
  // Nothing is copied before it is there.
  const skewMs = found.registry === witness.registry ? mostSkewMs : mostSkewBetweenMs
  return found.createdAt.getTime() > witness.createdAt.getTime() + skewMs
}

function keyOf({ registry, modelName, version }: FederatedVersion): string {
  return JSON.stringify([registry, modelName, version])
}
