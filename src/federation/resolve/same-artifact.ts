import { differ, isSamePlace, type NotedOrigin, noteOf } from '../records/noted-origin.ts'
import type { FederatedVersion } from '../records/records.ts'
import type { Session } from '../session/session.ts'
import { lineageOf } from './lineage.ts'

type Pair = readonly [from: FederatedVersion, to: FederatedVersion]

/**
 * By digest where both have one of the same form. Else the same place, or copies of the same origin, are the same files. Different
 * places say nothing by themselves, as a copy may have moved the files; that can only be told when both have an
 * origin that is known.
 */
export async function isSameArtifactOf(session: Session, sides: Pair): Promise<boolean | null> {
  const [from, to] = sides
  if (from.digest !== null && from.digest === to.digest) return true
  if (from.digest !== null && to.digest !== null && formOf(from.digest) === formOf(to.digest)) return false
  const [fromOrigin, toOrigin] = await Promise.all([originOf(session, from), originOf(session, to)])
  const isSameOrigin = fromOrigin && toOrigin && isSame(fromOrigin, toOrigin)
  if (isSameOrigin) return true
  const isOnePlace = await areInOnePlace(session, sides)
  return isOnePlace === false && isSameOrigin === null ? null : isOnePlace
}

/** Null when it cannot be told. */
async function areInOnePlace(session: Session, sides: Pair): Promise<boolean | null> {
  if (sides.some(({ mode }) => mode === 'INDEXED')) return areKeptInOnePlace(sides)
  const [from, to] = await Promise.all(
    sides.map((version) => session.reader(version).artifactLocation(version)),
  )
  return from && to ? from === to : null
}

/**
 * Without asking anybody: a comparison of all models of two environments would ask as often as there are versions. A
 * source that its registry has to look up first says something about another one of the same registry alone.
 */
function areKeptInOnePlace([from, to]: Pair): boolean | null {
  const [one, other] = [from, to].map(({ artifactUri, source }) => artifactUri ?? source)
  if (!one || !other) return null
  const isPlain = !isLookedUp.test(one) && !isLookedUp.test(other)
  if (!isPlain && from.registry !== to.registry) return null
  if (one === other) return true
  return isPlain || (isLookedUp.test(one) && isLookedUp.test(other)) ? false : null
}

const isLookedUp = /^(models|runs):/

/** Digests that were made in different ways cannot be compared. */
function formOf(digest: string): string {
  return digest.slice(0, digest.indexOf(':'))
}

/** The version a chain of copies began with, or what was noted of it; null when nothing is known of it any more. */
async function originOf(session: Session, version: FederatedVersion): Promise<Beginning | null> {
  const hops = await lineageOf(session, version)
  const last = hops.at(-1)
  if (last === undefined) return { isThere: true, noted: noteOf(version) }
  if (last.version !== null) return { isThere: true, noted: noteOf(last.version) }
  return last.noted && { isThere: false, noted: last.noted }
}

interface Beginning {
  readonly isThere: boolean
  readonly noted: NotedOrigin
}

/** Null when it cannot be told: what has gone from its place may be anywhere by now. */
function isSame(one: Beginning, other: Beginning): boolean | null {
  if (differ(one.noted, other.noted)) return false
  if (one.isThere && other.isThere) return isSamePlace(one.noted, other.noted)
  const isKnown = one.noted.createdAt !== undefined && other.noted.createdAt !== undefined
  return (isKnown && isSamePlace(one.noted, other.noted)) || null
}
