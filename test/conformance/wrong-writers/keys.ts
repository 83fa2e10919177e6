import { RegistryError } from '../../../src/contract/index.ts'
import { turn, type WrongWriter, withModels, withVersions } from './wrong-writer.ts'

export const wrongWithKeys: readonly WrongWriter[] = [
  {
    wrong: 'does not heed the keys of versions',
    fails: ['MG-WKEY-001', 'MG-WKEY-002', 'MG-WKEY-005', 'MG-WKEY-006', 'MG-WKEY-009', 'MG-WKEY-010'],
    spoil: withVersions(({ create }) => ({
      create: (version, call) => create({ ...version, idempotencyKey: null }, call),
    })),
  },
  {
    wrong: 'remembers a key when its version is made',
    fails: ['MG-WKEY-002', 'MG-WKEY-009'],
    spoil: withVersions(({ create }, { answers }) => ({
      async create(version, call) {
        const known = answers.get(version.idempotencyKey ?? '')
        if (typeof known === 'string') return known
        await turn()
        const made = await create({ ...version, idempotencyKey: null }, call)
        if (version.idempotencyKey !== null) answers.set(version.idempotencyKey, made)
        return made
      },
    })),
  },
  {
    wrong: 'takes equal arguments for the same key',
    fails: ['MG-WKEY-003', 'MG-WKEY-009', 'MG-WKEY-010'],
    spoil: withVersions(({ create }) => ({
      create: ({ idempotencyKey, ...version }, call) =>
        create({ ...version, idempotencyKey: idempotencyKey && JSON.stringify(version) }, call),
    })),
  },
  {
    wrong: 'does not heed the keys of models',
    fails: ['MG-WKEY-004', 'MG-WBACK-001', 'MG-WBACK-002'],
    spoil: withModels(({ create }) => ({
      create: (model, call) => create({ ...model, idempotencyKey: null }, call),
    })),
  },
  {
    wrong: 'keeps the keys to itself',
    fails: ['MG-WKEY-005', 'MG-WKEY-009'],
    spoil(adapter, store) {
      const made = new Map<string, Promise<string>>()
      return withVersions(({ create }) => ({
        async create(version, call) {
          const { idempotencyKey: key } = version
          if (key === null) return create(version, call)
          const known = made.get(key) ?? create({ ...version, idempotencyKey: null }, call)
          made.set(key, known)
          known.catch(() => made.delete(key))
          return known
        },
      }))(adapter, store)
    },
  },
  {
    wrong: 'forgets a key with the version that was made by it',
    fails: ['MG-WKEY-006', 'MG-WBACK-002'],
    spoil: withVersions((versions, { answers }) => ({
      async delete(key, call) {
        await versions.delete(key, call)
        answers.clear()
      },
    })),
  },
  {
    wrong: 'remembers what it refused',
    fails: ['MG-WKEY-007'],
    spoil: withVersions(({ create }, { answers }) => ({
      async create(version, call) {
        const key = version.idempotencyKey ?? ''
        if (answers.get(key) === 'refused') throw new RegistryError('NOT_FOUND', 'It was not there.')
        return create(version, call).catch((error: unknown) => {
          if (key !== '') answers.set(key, 'refused')
          throw error
        })
      },
    })),
  },
  {
    wrong: 'does not compare what is asked under a key',
    fails: ['MG-WKEY-009'],
    spoil: withVersions(({ create }, { wishes }) => ({
      async create(version, call) {
        wishes.delete(version.idempotencyKey ?? '')
        return create(version, call)
      },
    })),
  },
  {
    wrong: 'takes tags in another order for another wish',
    fails: ['MG-WKEY-010'],
    spoil(adapter, store) {
      const asked = new Map<string | null, string>()
      return withVersions(({ create }) => ({
        async create(version, call) {
          const { idempotencyKey: key, tags } = version
          const before = asked.get(key) ?? JSON.stringify(tags)
          if (key !== null && before !== JSON.stringify(tags))
            throw new RegistryError('IDEMPOTENCY_KEY_REUSED', 'The key was used for something else.')
          asked.set(key, before)
          return create(version, call)
        },
      }))(adapter, store)
    },
  },
  {
    wrong: 'keeps the key of what it took back',
    fails: ['MG-WBACK-001'],
    spoil: withModels(({ takeBack }, { answers }) => ({
      async takeBack(name, key, call) {
        const made = answers.get(key)
        const isGone = await takeBack(name, key, call)
        answers.set(key, made)
        return isGone
      },
    })),
  },
  {
    wrong: 'takes back whatever there is',
    fails: [
      'MG-WBACK-002',
      'MG-WBACK-003',
      'MG-WRITE-004',
      'MG-WRITE-007',
      'MG-WDEADLINE-001',
      'MG-WCHANGE-001',
      'MG-WCHANGE-002',
    ],
    spoil: withModels((models, { answers }) => ({
      async takeBack(name, key, call) {
        await models.delete(name, call)
        answers.delete(key)
        return true
      },
    })),
  },
  {
    wrong: 'takes back another model of the same name',
    fails: ['MG-WBACK-003'],
    spoil: withModels(({ takeBack }, { answers, models }) => ({
      async takeBack(name, key, call) {
        answers.set(key, models.get(name))
        return takeBack(name, key, call)
      },
    })),
  },
  {
    wrong: 'does not heed the keys of copies',
    fails: ['MG-WKEY-008'],
    spoil: (adapter) => ({
      ...adapter,
      copies: { copy: (copy, call) => adapter.copies.copy({ ...copy, idempotencyKey: null }, call) },
    }),
  },
]
