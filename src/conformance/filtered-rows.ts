import assert from 'node:assert/strict'
import type { ModelFilter, ModelRecord, ModelVersionRecord, VersionFilter } from '../contract/index.ts'
import type { CheckContext } from './check.ts'
import { quote } from './expectations.ts'
import { modelsOf, versionsOf } from './filter-builders.ts'
import {
  modelQuery,
  ownModels,
  ownVersions,
  readModels,
  readVersions,
  versionName,
  versionQuery,
} from './read-pages.ts'
import { matchesModel, matchesVersion } from './reference-filter.ts'

/** Given and what is left of it after the residue, against what has to come. */
function assertAnswer(
  given: readonly string[],
  left: readonly string[],
  wanted: readonly string[],
  filter: unknown,
): void {
  const lost = wanted.filter((name) => !given.includes(name))
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
export async function assertModelFilter(
  { adapter, truth, call }: CheckContext,
  own: ModelFilter,
): Promise<void> {
  const filter = modelsOf(truth.prefix, own)
  const { pages } = await readModels(adapter, modelQuery(truth.prefix, { filter }), call())
  const given = ownModels(
    truth.prefix,
    pages.flatMap(({ items }) => items),
  )
  const byName = new Map(truth.models.map((row) => [row.name, row]))
  const passes = ({ name }: ModelRecord) => {
    const row = byName.get(name)
    return row === undefined || matchesModel(pages[0]?.residue ?? null, row)
  }
  const wanted = truth.models.filter((row) => matchesModel(filter, row)).map(({ name }) => name)
  assertAnswer(
    given.map(({ name }) => name),
    given.filter(passes).map(({ name }) => name),
    wanted,
    own,
  )
}

export async function assertVersionFilter(
  { adapter, truth, call }: CheckContext,
  own: VersionFilter,
): Promise<void> {
  const filter = versionsOf(truth.prefix, own)
  const { pages } = await readVersions(adapter, versionQuery(truth.prefix, { filter }), call())
  const given = ownVersions(
    truth.prefix,
    pages.flatMap(({ items }) => items),
  )
  const byName = new Map(truth.versions.map((row) => [versionName(row.record), row]))
  const passes = (record: ModelVersionRecord) => {
    const row = byName.get(versionName(record))
    return row === undefined || matchesVersion(pages[0]?.residue ?? null, row)
  }
  const wanted = truth.versions
    .filter((row) => matchesVersion(filter, row))
    .map(({ record }) => versionName(record))
  assertAnswer(given.map(versionName), given.filter(passes).map(versionName), wanted, own)
}
