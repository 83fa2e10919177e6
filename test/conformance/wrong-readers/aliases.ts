import { RegistryError } from '../../../src/contract/index.ts'
import { listedModels, listedVersions, type WrongReader } from './wrong-reader.ts'

export const wrongWithReadAliases: readonly WrongReader[] = [
  {
    wrong: 'finds aliases without regard to case',
    fails: ['MG-ALIAS-002'],
    spoil: (adapter) => ({
      ...adapter,
      aliases: {
        async resolve(keys, call) {
          const exact = (await adapter.aliases?.resolve(keys, call)) ?? []
          const folded =
            (await adapter.aliases?.resolve(
              keys.map(({ model, alias }) => ({
                model,
                alias: alias.trim() === alias ? alias.toLowerCase() : alias,
              })),
              call,
            )) ?? []
          return exact.map((row, index) => row ?? folded[index] ?? null)
        },
      },
    }),
  },
  {
    wrong: 'has an alias `latest` on every model',
    fails: ['MG-ALIAS-003'],
    spoil: (adapter) => ({
      ...adapter,
      aliases: {
        async resolve(keys, call) {
          const found = (await adapter.aliases?.resolve(keys, call)) ?? []
          const first = await adapter.versions.get(
            keys.map(({ model }) => ({ model, version: '1' })),
            call,
          )
          return found.map((row, index) => (keys[index]?.alias === 'latest' ? (first[index] ?? null) : row))
        },
      },
    }),
  },
  {
    wrong: 'gives an error for an alias that is not there',
    fails: ['MG-ALIAS-004', 'MG-ALIAS-002', 'MG-ALIAS-003', 'MG-BATCH-003', 'MG-HIDDEN-001'],
    spoil: (adapter) => ({
      ...adapter,
      aliases: {
        resolve: async (keys, call) =>
          ((await adapter.aliases?.resolve(keys, call)) ?? []).map(
            (row) => row ?? new RegistryError('NOT_FOUND', 'No such alias.'),
          ),
      },
    }),
  },
  {
    wrong: 'lists models without their aliases',
    fails: ['MG-ALIAS-006', 'MG-IDENT-003'],
    spoil: listedModels((row) => ({ ...row, aliases: [] })),
  },
  {
    wrong: 'gives a version some of its aliases',
    fails: ['MG-ALIAS-007'],
    spoil: listedVersions((row) => ({ ...row, aliases: row.aliases?.slice(1) ?? null })),
  },
]
