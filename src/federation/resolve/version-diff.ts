import { compareCodePoints } from '../../contract/index.ts'
import type { FederatedVersion } from '../records/records.ts'
import type { VersionReference } from '../records/references.ts'
import { runDuration } from '../records/run-duration.ts'
import type { Session } from '../session/session.ts'
import { runOfVersion } from './run-of-version.ts'
import { isSameArtifactOf } from './same-artifact.ts'
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

export async function isSameArtifact(
  session: Session,
  comparison: VersionComparison,
): Promise<boolean | null> {
  const sides = await loadSides(comparison)
  return sides && isSameArtifactOf(session, sides)
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
