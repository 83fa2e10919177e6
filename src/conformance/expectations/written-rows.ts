import assert from 'node:assert/strict'
import type { ModelRecord, ModelVersionRecord, TagRecord, VersionKey } from '../../contract/index.ts'
import type { WriteBench } from '../bench/write-bench.ts'
import { test, text } from '../filters/filter-builders.ts'
import { absent, found, quote, sortedBy } from './expectations.ts'
import { modelQuery, readModels, readVersions, versionQuery } from './read-pages.ts'

/** The model as lists give it. */
export async function listedModel(bench: WriteBench, name: string): Promise<ModelRecord | undefined> {
  const query = modelQuery(bench.truth.prefix, { filter: text('name', test('eq', name)) })
  const { rows } = await readModels(bench.adapter, query, bench.call())
  return rows.find((row) => row.name === name)
}

/** The versions of a model as lists give them. */
export async function listedVersions(bench: WriteBench, model: string): Promise<ModelVersionRecord[]> {
  const query = versionQuery(bench.truth.prefix, { filter: text('model', test('eq', model)) })
  const { rows } = await readVersions(bench.adapter, query, bench.call())
  return rows.filter(({ modelName }) => modelName === model)
}

/** A model with its versions, to be compared with another time; without what a read need not bring. */
export async function stateOf(bench: WriteBench, name: string) {
  const { latestVersions: _, updatedAt: __, ...model } = await bench.getModel(name)
  const versions = await listedVersions(bench, name)
  const rows = versions.map(({ aliases: _aliases, artifactUri: _uri, updatedAt: _at, ...version }) => ({
    ...version,
    tags: sortedTags(version.tags),
  }))
  return {
    model: { ...model, tags: sortedTags(model.tags), aliases: sortedBy(model.aliases, (row) => row.name) },
    versions: sortedBy(rows, ({ version }) => version),
  }
}

export async function assertNoModel(bench: WriteBench, name: string): Promise<void> {
  const [outcome] = await bench.adapter.models.get([name], bench.call())
  absent(outcome, `the model ${quote(name)}`)
  assert.equal(await listedModel(bench, name), undefined, `the model ${quote(name)} is not listed`)
}

/** Every read that looks a version up by its model, with what it gave. */
export async function versionByEveryWay(bench: WriteBench, { model, version }: VersionKey) {
  const { adapter, call } = bench
  const pick = (rows: readonly ModelVersionRecord[]) => rows.find((row) => row.version === version)
  const [got] = await adapter.versions.get([{ model, version }], call())
  const listed = await listedVersions(bench, model)
  const [all] = await adapter.versions.ofModels([model], 500, call())
  const [latest] = await adapter.versions.latest([model], call())
  const what = `the versions of ${quote(model)}`
  return {
    get: got,
    list: pick(listed),
    ofModels: pick(found(all, what).versions),
    latest: pick(found(latest, what)),
  }
}

/** Every way to an alias tells the same: it is held by one version, or by none. */
export async function assertHolders(
  bench: WriteBench,
  model: string,
  holders: Readonly<Record<string, string | null>>,
): Promise<void> {
  const held = Object.entries(holders).flatMap(([name, version]) =>
    version === null ? [] : [{ name, version }],
  )
  const expected = sortedBy(held, ({ name }) => name)
  for (const row of [await bench.getModel(model), await listedModel(bench, model)])
    assert.deepEqual(row && sortedBy(row.aliases, ({ name }) => name), expected, 'the aliases of the model')
  const versions = await listedVersions(bench, model)
  const keys = versions.map(({ version }) => ({ model, version }))
  for (const row of [...versions, ...(await bench.adapter.versions.get(keys, bench.call()))]) {
    if (row === null || !('aliases' in row) || row.aliases === null) continue
    const own = expected.flatMap(({ name, version }) => (version === row.version ? [name] : []))
    assert.deepEqual(row.aliases.toSorted(), own.toSorted(), `the aliases of version ${row.version}`)
  }
  const aliases = Object.keys(holders)
  const resolved = await bench.adapter.aliases?.resolve(
    aliases.map((alias) => ({ model, alias })),
    bench.call(),
  )
  for (const [index, alias] of aliases.entries()) {
    const holder = holders[alias] ?? null
    if (holder === null) absent(resolved?.[index], `the alias ${quote(alias)}`)
    else assert.equal(found(resolved?.[index], quote(alias)).version, holder, `the alias ${quote(alias)}`)
  }
}

export function sortedTags(tags: readonly TagRecord[]): TagRecord[] {
  return sortedBy(tags, ({ key }) => key)
}
