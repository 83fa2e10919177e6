import { type AliasKey, RegistryError } from '../../../src/contract/index.ts'
import type { MemoryStore } from '../memory/memory-store.ts'
import { swallow, type WrongWriter, withAliases } from './wrong-writer.ts'

const holderOf = ({ models }: MemoryStore, { model, alias }: AliasKey) =>
  models.get(model)?.aliases.get(alias) ?? null

export const wrongWithAliases: readonly WrongWriter[] = [
  {
    wrong: 'answers the new holder of an alias that had none',
    fails: ['MG-WALIAS-001', 'MG-WALIAS-004', 'MG-WALIAS-013'],
    spoil: withAliases(({ set }) => ({
      set: async (key, version, expected, call) => ({
        previous: (await set(key, version, expected, call)).previous ?? version,
      }),
    })),
  },
  {
    wrong: 'leaves a moved alias on its old holder',
    fails: ['MG-WALIAS-002', 'MG-WALIAS-003', 'MG-WALIAS-010', 'MG-WRACE-003'],
    spoil(adapter, store) {
      const left = new Map<string, string>()
      const leaving = withAliases(({ set }) => ({
        async set(key, version, expected, call) {
          const move = await set(key, version, expected, call)
          if (move.previous !== null && move.previous !== version)
            left.set(`${key.model} ${move.previous}`, key.alias)
          return move
        },
      }))
      return {
        ...leaving(adapter, store),
        versions: {
          ...adapter.versions,
          get: async (keys, call) =>
            (await adapter.versions.get(keys, call)).map((row) => {
              if (row === null || !('aliases' in row)) return row
              const alias = left.get(`${row.modelName} ${row.version}`)
              return alias === undefined ? row : { ...row, aliases: [...(row.aliases ?? []), alias] }
            }),
        },
      }
    },
  },
  {
    wrong: 'keeps one alias of each version',
    fails: ['MG-WALIAS-003', 'MG-WALIAS-005', 'MG-WCHANGE-001'],
    spoil: withAliases(({ set }, { models }) => ({
      async set(key, version, expected, call) {
        const move = await set(key, version, expected, call)
        const aliases = models.get(key.model)?.aliases ?? new Map<string, string>()
        for (const [alias, holder] of aliases)
          if (holder === version && alias !== key.alias) aliases.delete(alias)
        return move
      },
    })),
  },
  {
    wrong: 'folds aliases',
    fails: ['MG-WALIAS-004', 'MG-WALIAS-005'],
    spoil: withAliases(({ set }) => ({
      set: ({ model, alias }, version, expected, call) =>
        set({ model, alias: alias.toLowerCase() }, version, expected, call),
    })),
  },
  {
    wrong: 'encodes aliases',
    fails: ['MG-WALIAS-005'],
    spoil: withAliases(({ set }) => ({
      set: ({ model, alias }, version, expected, call) =>
        set({ model, alias: encodeURIComponent(alias) }, version, expected, call),
    })),
  },
  {
    wrong: 'does not say who held a deleted alias',
    fails: ['MG-WALIAS-006', 'MG-WALIAS-015'],
    spoil: withAliases((aliases) => ({
      async delete(key, expected, call) {
        await aliases.delete(key, expected, call)
        return { previous: null }
      },
    })),
  },
  {
    wrong: 'fails on an alias that is not there',
    fails: ['MG-WALIAS-007'],
    spoil: withAliases((aliases, store) => ({
      async delete(key, expected, call) {
        if (expected === undefined && store.models.has(key.model) && holderOf(store, key) === null)
          throw new RegistryError('NOT_FOUND', `There is no alias ${key.alias}.`)
        return aliases.delete(key, expected, call)
      },
    })),
  },
  {
    wrong: 'takes an alias away before it looks for the new holder',
    fails: ['MG-WALIAS-008'],
    spoil: withAliases((aliases) => ({
      async set(key, version, expected, call) {
        if (expected !== undefined) return aliases.set(key, version, expected, call)
        const move = await aliases.delete(key, undefined, call)
        await aliases.set(key, version, undefined, call)
        return move
      },
    })),
  },
  {
    wrong: 'deletes an alias of a missing model without a word',
    fails: ['MG-WALIAS-009', 'MG-WHIDDEN-001'],
    spoil: withAliases((aliases) => ({
      delete: async (key, expected, call) =>
        (await swallow('NOT_FOUND', aliases.delete(key, expected, call))) ?? { previous: null },
    })),
  },
  {
    wrong: 'compares the expected holder with a number',
    fails: ['MG-WALIAS-010', 'MG-WRACE-006'],
    spoil: withAliases(({ set }, store) => ({
      async set(key, version, expected, call) {
        const current = holderOf(store, key)
        if (current !== null && expected === current)
          throw new RegistryError('CONFLICT', 'Not so.', { current })
        return set(key, version, expected, call)
      },
    })),
  },
  {
    wrong: 'forgets whom the alias is expected with',
    fails: ['MG-WALIAS-011', 'MG-WALIAS-014', 'MG-WRACE-006'],
    spoil: withAliases(({ set }) => ({
      set: (key, version, expected, call) => set(key, version, expected === null ? null : undefined, call),
    })),
  },
  {
    wrong: 'takes null for no expectation',
    fails: ['MG-WALIAS-012', 'MG-WRACE-007'],
    spoil: withAliases(({ set }) => ({
      set: (key, version, expected, call) => set(key, version, expected ?? undefined, call),
    })),
  },
  {
    wrong: 'never finds that nobody holds an alias',
    fails: ['MG-WALIAS-013', 'MG-WRACE-007'],
    spoil: withAliases(({ set }, store) => ({
      async set(key, version, expected, call) {
        if (expected === null)
          throw new RegistryError('CONFLICT', 'Not so.', { current: holderOf(store, key) })
        return set(key, version, expected, call)
      },
    })),
  },
  {
    wrong: 'gives a free alias whoever is expected',
    fails: ['MG-WALIAS-014'],
    spoil: withAliases(({ set }, store) => ({
      set: (key, version, expected, call) =>
        set(key, version, holderOf(store, key) === null ? undefined : expected, call),
    })),
  },
  {
    wrong: 'deletes an alias whoever is expected',
    fails: ['MG-WALIAS-015', 'MG-WALIAS-016'],
    spoil: withAliases((aliases) => ({
      delete: (key, _expected, call) => aliases.delete(key, undefined, call),
    })),
  },
  {
    wrong: 'deletes what is not there whoever is expected',
    fails: ['MG-WALIAS-016'],
    spoil: withAliases((aliases, store) => ({
      delete: (key, expected, call) =>
        aliases.delete(key, holderOf(store, key) === null ? undefined : expected, call),
    })),
  },
  {
    wrong: 'says CONFLICT and not with whom',
    fails: ['MG-WALIAS-011', 'MG-WALIAS-012', 'MG-WRACE-006', 'MG-WRACE-007'],
    spoil: withAliases(({ set }) => ({
      set: (key, version, expected, call) =>
        set(key, version, expected, call).catch((error: unknown) => {
          const lost = RegistryError.is(error) && error.code === 'CONFLICT'
          throw lost ? new RegistryError('CONFLICT', 'Somebody else was faster.') : error
        }),
    })),
  },
]
