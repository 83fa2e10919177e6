import { type Adapter, RegistryError } from '../../src/contract/index.ts'
import { createMemoryAdapter } from './memory-adapter.ts'
import type { ScopedStore } from './scoped-store.ts'

const words = 'catalog.schema.name, each of letters, digits, "_" and "-"'
const modelName = { pattern: '^[a-z0-9_-]+\\.[a-z0-9_-]+\\.[A-Za-z0-9_-]+$', words }

/** Names are below a parent that has to be there; `source` is not where the files are. */
export function createScopedAdapter(scoped: ScopedStore): Adapter {
  const adapter = createMemoryAdapter(scoped.store)
  const { models, versions } = adapter.writes
  const requireName = (name: string) => {
    if (!new RegExp(modelName.pattern, 'u').test(name))
      throw new RegistryError('BAD_USER_INPUT', `A model's name must be ${words}.`)
    scoped.requireParent(name)
  }
  return {
    ...adapter,
    async describe(call) {
      const description = await adapter.describe(call)
      return { ...description, naming: { ...description.naming, modelName } }
    },
    writes: {
      ...adapter.writes,
      models: {
        ...models,
        async create(model, call) {
          if (!scoped.store.answers.has(model.idempotencyKey ?? '')) requireName(model.name)
          return models.create(model, call)
        },
        async rename(name, newName, call) {
          requireName(newName)
          return models.rename(name, newName, call)
        },
      },
      versions: {
        ...versions,
        async create(version, call) {
          const made = await versions.create(version, call)
          scoped.takeFiles({ model: version.model, version: made })
          return made
        },
      },
    },
  }
}
