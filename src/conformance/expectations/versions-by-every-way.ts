import type { ModelVersionRecord } from '../../contract/index.ts'
import type { CheckContext } from '../check.ts'
import { modelNames } from '../fixture/truth.ts'
import { ownVersions, readVersions, versionQuery } from './read-pages.ts'

/** Each read that gives versions, with its name. */
export async function versionsByEveryWay({ adapter, truth, call }: CheckContext) {
  const names = modelNames(truth)
  const { rows } = await readVersions(adapter, versionQuery(truth.prefix), call())
  const ways: [string, readonly ModelVersionRecord[]][] = [['versions.list', ownVersions(truth.prefix, rows)]]
  const all = await adapter.versions.ofModels(names, 3, call())
  ways.push([
    'versions.ofModels',
    all.flatMap((outcome) => (outcome && 'versions' in outcome ? outcome.versions : [])),
  ])
  const latest = await adapter.versions.latest(names, call())
  ways.push(['versions.latest', latest.flatMap((outcome) => (Array.isArray(outcome) ? outcome : []))])
  const models = await adapter.models.get(names, call())
  const embedded = models.flatMap(
    (outcome) => (outcome && 'latestVersions' in outcome ? outcome.latestVersions : null) ?? [],
  )
  ways.push(['models.get', embedded])
  if (adapter.aliases) {
    const keys = truth.models.flatMap(({ name, aliases }) =>
      aliases.map((alias) => ({ model: name, alias: alias.name })),
    )
    const resolved = await adapter.aliases.resolve(keys, call())
    ways.push([
      'aliases.resolve',
      resolved.flatMap((outcome) => (outcome && 'modelName' in outcome ? [outcome] : [])),
    ])
  }
  return ways
}
