import { RegistryError } from '../../../src/contract/index.ts'
import { findVersion, type MemoryVersion, theModel } from '../memory/memory-store.ts'
import { type WrongWriter, withStages } from './wrong-writer.ts'

function archive(versions: Iterable<MemoryVersion>, stage: string): void {
  for (const version of versions) if (version.stage === stage) version.stage = 'Archived'
}

export const wrongWithStages: readonly WrongWriter[] = [
  {
    wrong: 'lets no version go back to None',
    fails: ['MG-WSTAGE-001'],
    spoil: withStages(({ transition }) => ({
      async transition(key, move, call) {
        if (move.stage === 'None') throw new RegistryError('BAD_USER_INPUT', 'None is no stage.')
        return transition(key, move, call)
      },
    })),
  },
  {
    wrong: 'says that a version came from the stage it has gone to',
    fails: ['MG-WSTAGE-001'],
    spoil: withStages(({ transition }) => ({
      transition: async (key, move, call) => ({
        ...(await transition(key, move, call)),
        previous: move.stage,
      }),
    })),
  },
  {
    wrong: 'archives no other version',
    fails: ['MG-WSTAGE-002', 'MG-WSTAGE-004', 'MG-WRACE-009'],
    spoil: withStages(({ transition }) => ({
      transition: (key, move, call) => transition(key, { ...move, archiveExisting: false }, call),
    })),
  },
  {
    wrong: 'archives the other versions always',
    fails: ['MG-WSTAGE-003', 'MG-WSTAGE-002', 'MG-WSTAGE-004'],
    spoil: withStages(({ transition }) => ({
      transition: (key, move, call) => transition(key, { ...move, archiveExisting: true }, call),
    })),
  },
  {
    wrong: 'archives the version itself when it is there already',
    fails: ['MG-WSTAGE-004'],
    spoil: withStages(({ transition }, store) => ({
      async transition(key, move, call) {
        const version = findVersion(store, key)
        const isThere = version?.stage === move.stage && move.archiveExisting === true
        const answer = await transition(key, move, call)
        if (version !== undefined && isThere) version.stage = 'Archived'
        return answer
      },
    })),
  },
  {
    wrong: 'archives by its own rule and does not tell',
    fails: ['MG-WSTAGE-005'],
    spoil: withStages(({ transition }) => ({
      async transition(key, move, call) {
        if (move.archiveExisting !== null) return transition(key, move, call)
        await transition(key, { ...move, archiveExisting: true }, call)
        return { archived: [] }
      },
    })),
  },
  {
    wrong: 'never finds the expected stage',
    fails: ['MG-WSTAGE-006', 'MG-WRACE-008'],
    spoil: withStages(({ transition }, store) => ({
      async transition(key, move, call) {
        const current = findVersion(store, key)?.stage ?? null
        if (move.expected === current) throw new RegistryError('CONFLICT', 'Not so.', { current })
        return transition(key, move, call)
      },
    })),
  },
  {
    wrong: 'forgets the expected stage',
    fails: ['MG-WSTAGE-007', 'MG-WRACE-008'],
    spoil: withStages(({ transition }) => ({
      transition: (key, move, call) => transition(key, { ...move, expected: undefined }, call),
    })),
  },
  {
    wrong: 'archives the others before it looks at the version',
    fails: ['MG-WSTAGE-007', 'MG-WSTAGE-008'],
    spoil: withStages(({ transition }, store) => ({
      async transition(key, move, call) {
        if (move.archiveExisting !== true || move.expected === undefined) {
          if (findVersion(store, key) !== undefined) return transition(key, move, call)
        }
        archive(store.models.get(key.model)?.versions.values() ?? [], move.stage)
        return transition(key, move, call)
      },
    })),
  },
  {
    wrong: 'moves a missing version without a word',
    fails: ['MG-WSTAGE-008'],
    spoil: withStages(({ transition }, store) => ({
      async transition(key, move, call) {
        if (!theModel(store, key.model).versions.has(key.version)) return { archived: [] }
        return transition(key, move, call)
      },
    })),
  },
]
