import type { VersionFilter } from '../../contract/index.ts'
import type { FederatedModel, FederatedVersion } from '../records/records.ts'
import type { RegistrySession } from '../session/registry-session.ts'
import { givenModel, givenVersion } from './given-records.ts'
import { isThere, lookAt, type RegistrySync } from './registry-sync.ts'

const modelsAtOnce = 25
const versionsAtOnce = 1000

/** Reads these models again, with all their versions. What could not be read now stays as it was, and is told. */
export async function refreshModels(sync: RegistrySync, names: readonly string[]): Promise<void> {
  for (let start = 0; start < names.length; start += modelsAtOnce) {
    const some = names.slice(start, start + modelsAtOnce)
    const { look, found } = await lookAt(sync, (registry) => readWhole(registry, some))
    await sync.catalog.store.takeWhole(sync.right, look, {
      models: found.models.map(givenModel),
      versions: found.versions.map(givenVersion),
      goneModels: found.goneModels,
    })
  }
}

async function readWhole(registry: RegistrySession, names: readonly string[]) {
  const outcomes = await registry.reads.models(names)
  const there = outcomes.filter(isThere)
  const batches = await registry.reads.versionsOfModels(
    there.map(({ name }) => name),
    versionsAtOnce,
  )
  const models: FederatedModel[] = []
  const versions: FederatedVersion[] = []
  const goneModels = names.filter((_, index) => outcomes[index] === null)
  for (const [index, model] of there.entries()) {
    const batch = batches[index] ?? null
    // Gone in between: the next look says so.
    if (!isThere(batch)) continue
    models.push(model)
    versions.push(...(batch.complete ? batch.versions : await readVersions(registry, model.name)))
  }
  return { models, versions, goneModels }
}

async function readVersions(registry: RegistrySession, model: string): Promise<FederatedVersion[]> {
  const filter: VersionFilter = {
    kind: 'text',
    field: 'model',
    tests: [{ operator: 'eq', value: model, ignoreCase: false }],
  }
  const versions: FederatedVersion[] = []
  let continuation: string | null = null
  do {
    const page: Awaited<ReturnType<RegistrySession['listVersions']>> = await registry.listVersions({
      filter,
      order: [{ field: 'version', direction: 'asc' }],
      includeArchived: true,
      limit: versionsAtOnce,
      after: null,
      continuation,
    })
    versions.push(...page.items.filter(({ modelName }) => modelName === model))
    continuation = page.continuation
  } while (continuation !== null)
  return versions
}
