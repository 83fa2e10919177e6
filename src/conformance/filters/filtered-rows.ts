import assert from 'node:assert/strict'
import type { ModelFilter, ModelRecord, ModelVersionRecord, VersionFilter } from '../../contract/index.ts'
import type { CheckContext } from '../check.ts'
import { quote } from '../expectations/expectations.ts'
import {
  isWhole,
  modelQuery,
  ownModels,
  ownVersions,
  readModels,
  readVersions,
  versionName,
  versionQuery,
} from '../expectations/read-pages.ts'
import { modelsOf, versionsOf } from './filter-builders.ts'
import { matchesModel, matchesVersion } from './reference-filter.ts'

/** A filter with nothing around it may give all that a shared server holds. */
const mostBarePages = 20

/** Given and what is left of it after the residue, against what has to come. */
function assertAnswer(
  given: readonly string[],
  left: readonly string[],
  wanted: readonly string[],
  filter: unknown,
  isWhole: boolean,
): void {
  const lost = isWhole ? wanted.filter((name) => !given.includes(name)) : []
  assert.deepEqual(lost, [], `${written(filter)}: rows that match and are not given`)
  const wrong = left.filter((name) => !wanted.includes(name))
  assert.deepEqual(wrong, [], `${written(filter)}: rows that do not match and pass the residue`)
  assert.equal(new Set(given).size, given.length, `${written(filter)}: a row is given twice`)
}

/** JSON has no infinities. */
function written(filter: unknown): string {
  return quote(
    JSON.parse(JSON.stringify(filter, (_, value) => (typeof value === 'number' ? String(value) : value))),
  )
}

/** What a list gives for the filter is right, with what is left in the residue. */
export function assertModelFilter(context: CheckContext, own: ModelFilter): Promise<void> {
  return assertModels(context, modelsOf(context.truth.prefix, own))
}

/** As the gateway sends it, with nothing around it; rows of others are looked over. */
export function assertBareModelFilter(context: CheckContext, own: ModelFilter): Promise<void> {
  return assertModels(context, own, mostBarePages)
}

async function assertModels(
  { adapter, truth, call }: CheckContext,
  filter: ModelFilter,
  atMost?: number,
): Promise<void> {
  const reading = await readModels(adapter, modelQuery(truth.prefix, { filter }), call(), atMost)
  const given = ownModels(truth.prefix, reading.rows)
  const byName = new Map(truth.models.map((row) => [row.name, row]))
  const passes = ({ name }: ModelRecord) => {
    const row = byName.get(name)
    return row === undefined || matchesModel(reading.pages[0]?.residue ?? null, row)
  }
  const wanted = truth.models.filter((row) => matchesModel(filter, row)).map(({ name }) => name)
  assertAnswer(
    given.map(({ name }) => name),
    given.filter(passes).map(({ name }) => name),
    wanted,
    filter,
    isWhole(reading),
  )
}

/** As {@link assertModelFilter}. */
export function assertVersionFilter(context: CheckContext, own: VersionFilter): Promise<void> {
  return assertVersions(context, versionsOf(context.truth.prefix, own))
}

/** As {@link assertBareModelFilter}. */
export function assertBareVersionFilter(context: CheckContext, own: VersionFilter): Promise<void> {
  return assertVersions(context, own, mostBarePages)
}

async function assertVersions(
  { adapter, truth, call }: CheckContext,
  filter: VersionFilter,
  atMost?: number,
): Promise<void> {
  const reading = await readVersions(adapter, versionQuery(truth.prefix, { filter }), call(), atMost)
  const given = ownVersions(truth.prefix, reading.rows)
  const byName = new Map(truth.versions.map((row) => [versionName(row.record), row]))
  const passes = (record: ModelVersionRecord) => {
    const row = byName.get(versionName(record))
    return row === undefined || matchesVersion(reading.pages[0]?.residue ?? null, row)
  }
  const wanted = truth.versions
    .filter((row) => matchesVersion(filter, row))
    .map(({ record }) => versionName(record))
  const left = given.filter(passes).map(versionName)
  assertAnswer(given.map(versionName), left, wanted, filter, isWhole(reading))
}
