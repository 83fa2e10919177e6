import { compareCodePoints } from '../../contract/index.ts'
import { differ, isSamePlace, type NotedOrigin, noteOf } from '../records/noted-origin.ts'
import type { FederatedVersion } from '../records/records.ts'
import type { VersionReference } from '../records/references.ts'
import { runDuration } from '../records/run-duration.ts'
import type { Session } from '../session/session.ts'
import { lineageOf } from './lineage.ts'
import { runOfVersion } from './run-of-version.ts'
import { locateVersion } from './version-reference.ts'

/** Two versions to compare. Each side is loaded when a field asks for it, and once for all of them. */
export interface VersionComparison {
  readonly from: () => Promise<FederatedVersion | null>
  readonly to: () => Promise<FederatedVersion | null>
}

export type Change = 'SAME' | 'ADDED' | 'REMOVED' | 'CHANGED'

export interface NumberDifference {
  readonly key: string
  readonly change: Change
  readonly from: number | null
  readonly to: number | null
  readonly delta: number | null
}

export interface TextDifference {
  readonly key: string
  readonly change: Change
  readonly from: string | null
  readonly to: string | null
}

type Pair<T> = readonly [from: T, to: T]

/** @throws InputError when either reference is malformed. */
export function diffVersions(
  session: Session,
  from: VersionReference,
  to: VersionReference,
): VersionComparison {
  return { from: locateVersion(session, from, 'from').find, to: locateVersion(session, to, 'to').find }
}

export async function metricDifferences(
  session: Session,
  comparison: VersionComparison,
): Promise<NumberDifference[] | null> {
  const runs = await loadRuns(session, comparison)
  if (!runs) return null
  const values = runs.map((run) => new Map(run?.metrics.map(({ key, value }) => [key, value])))
  return differences(values as unknown as Pair<Map<string, number>>).map(({ key, change, from, to }) => ({
    key,
    change,
    from: finite(from),
    to: finite(to),
    delta: finite(from) === null || finite(to) === null ? null : (to ?? 0) - (from ?? 0),
  }))
}

/** Null too when neither is known. */
export async function durationDifference(
  session: Session,
  comparison: VersionComparison,
): Promise<NumberDifference | null> {
  const runs = await loadRuns(session, comparison)
  return runs && numberDifference('durationMs', runs.map(runDuration))
}

/** Null too when neither is known. */
export async function sizeDifference(comparison: VersionComparison): Promise<NumberDifference | null> {
  const sides = await loadSides(comparison)
  return (
    sides &&
    numberDifference(
      'sizeBytes',
      sides.map(({ sizeBytes }) => sizeBytes),
    )
  )
}

export async function paramDifferences(
  session: Session,
  comparison: VersionComparison,
): Promise<TextDifference[] | null> {
  const runs = await loadRuns(session, comparison)
  if (!runs) return null
  const values = runs.map((run) => new Map(run?.params.map(({ key, value }) => [key, value])))
  return differences(values as unknown as Pair<Map<string, string>>)
}

export async function tagDifferences(comparison: VersionComparison): Promise<TextDifference[] | null> {
  const sides = await loadSides(comparison)
  if (!sides) return null
  const values = sides.map((version) => new Map(version.tags.map(({ key, value }) => [key, value])))
  return differences(values as unknown as Pair<Map<string, string>>)
}

/**
 * By digest where both have one of the same form. Else the same place, or copies of the same origin, are the same files. Different
 * places say nothing by themselves, as a copy may have moved the files; that can only be told when both have an
 * origin that is known.
 */
export async function isSameArtifact(
  session: Session,
  comparison: VersionComparison,
): Promise<boolean | null> {
  const sides = await loadSides(comparison)
  return sides && isSameArtifactOf(session, sides)
}

export async function isSameArtifactOf(
  session: Session,
  sides: Pair<FederatedVersion>,
): Promise<boolean | null> {
  const [from, to] = sides
  if (from.digest !== null && from.digest === to.digest) return true
  if (from.digest !== null && to.digest !== null && formOf(from.digest) === formOf(to.digest)) return false
  const [fromOrigin, toOrigin] = await Promise.all([originOf(session, from), originOf(session, to)])
  const isSameOrigin = fromOrigin && toOrigin && isSame(fromOrigin, toOrigin)
  if (isSameOrigin) return true
  const [fromPlace, toPlace] = await Promise.all(
    sides.map((version) => session.reader(version).artifactLocation(version)),
  )
  if (fromPlace && fromPlace === toPlace) return true
  return isSameOrigin === null || !fromPlace || !toPlace ? null : false
}

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

async function loadSides(comparison: VersionComparison): Promise<Pair<FederatedVersion> | null> {
  const [from, to] = await Promise.all([comparison.from(), comparison.to()])
  return from && to ? [from, to] : null
}

async function loadRuns(session: Session, comparison: VersionComparison) {
  const sides = await loadSides(comparison)
  return sides && Promise.all(sides.map((version) => runOfVersion(session, version)))
}

function numberDifference(key: string, values: readonly (number | null)[]): NumberDifference | null {
  const [from = null, to = null] = values
  if (from === null || to === null) {
    const change = from === null ? 'ADDED' : 'REMOVED'
    return from === to ? null : { key, change, from, to, delta: null }
  }
  return { key, change: from === to ? 'SAME' : 'CHANGED', from, to, delta: to - from }
}

/** Every key of either side, sorted. */
function differences<Value>([from, to]: Pair<ReadonlyMap<string, Value>>) {
  const keys = [...new Set([...from.keys(), ...to.keys()])].sort(compareCodePoints)
  return keys.map((key) => ({
    key,
    change: changeOf(from, to, key),
    from: from.get(key) ?? null,
    to: to.get(key) ?? null,
  }))
}

function changeOf<Value>(
  from: ReadonlyMap<string, Value>,
  to: ReadonlyMap<string, Value>,
  key: string,
): Change {
  if (!from.has(key)) return 'ADDED'
  if (!to.has(key)) return 'REMOVED'
  return Object.is(from.get(key), to.get(key)) ? 'SAME' : 'CHANGED'
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null
}
