import type { StubProfile } from './stub-profile.ts'
import type { StubModel, StubRun, StubVersion } from './stub-store.ts'

const toPairs = (map: ReadonlyMap<string, string>) => [...map].map(([key, value]) => ({ key, value }))

/** Empty lists are left out of MLflow's JSON. */
const listUnlessEmpty = <T>(name: string, items: readonly T[]) =>
  items.length === 0 ? {} : { [name]: items }

export const toModelWire = (model: StubModel, profile: StubProfile) => ({
  name: model.name,
  creation_timestamp: model.createdAt,
  last_updated_timestamp: model.updatedAt,
  ...(model.description === '' ? {} : { description: model.description }),
  ...listUnlessEmpty(
    'latest_versions',
    latestVersions(model).map((version) => toVersionWire(model, version)),
  ),
  ...listUnlessEmpty('tags', toPairs(model.tags)),
  ...(profile.hasAliases
    ? listUnlessEmpty(
        'aliases',
        [...model.aliases].map(([alias, version]) => ({ alias, version: `${version}` })),
      )
    : {}),
})

/** Aliases come with single versions, never with a search. */
export const toVersionWire = (model: StubModel, version: StubVersion, withAliases = false) => ({
  name: model.name,
  version: `${version.version}`,
  creation_timestamp: version.createdAt,
  last_updated_timestamp: version.updatedAt,
  current_stage: version.stage,
  description: version.description,
  source: version.source,
  run_id: version.runId,
  run_link: '',
  status: 'READY',
  ...listUnlessEmpty('tags', toPairs(version.tags)),
  ...(withAliases
    ? listUnlessEmpty(
        'aliases',
        [...model.aliases].filter(([, target]) => target === version.version).map(([alias]) => alias),
      )
    : {}),
})

export const toRunWire = (run: StubRun) => ({
  info: { run_id: run.runId, experiment_id: run.experimentId, status: 'FINISHED', lifecycle_stage: 'active' },
  data: {
    ...listUnlessEmpty('params', toPairs(run.params)),
    ...listUnlessEmpty(
      'metrics',
      [...run.metrics].map(([key, value]) => ({ key, value, timestamp: 0, step: 0 })),
    ),
    ...listUnlessEmpty('tags', toPairs(run.tags)),
  },
})

/** The highest version of each stage. */
export const latestVersions = (model: StubModel): StubVersion[] => {
  const highest = new Map<string, StubVersion>()
  for (const version of model.versions.values())
    if (version.version > (highest.get(version.stage)?.version ?? 0)) highest.set(version.stage, version)
  return [...highest.values()]
}
