import { type AliasWrites, RegistryError, type StageWrites } from '../../../src/contract/index.ts'
import type { MemoryGate } from './memory-gate.ts'
import { type MemoryStore, theModel, theVersion } from './memory-store.ts'

/** Nothing comes in between look and write, as both are done without waiting. */
function expect<T extends string | null>(expected: T | undefined, current: T): void {
  if (expected === undefined || expected === current) return
  throw new RegistryError('CONFLICT', `It is ${current ?? 'nothing'} by now.`, { current })
}

export function createAliasWrites(store: MemoryStore, { enter }: MemoryGate): AliasWrites {
  return {
    async set({ model, alias }, version, expected, call) {
      enter(call)
      theVersion(store, { model, version })
      const { aliases } = theModel(store, model)
      const previous = aliases.get(alias) ?? null
      expect(expected, previous)
      aliases.set(alias, version)
      return { previous }
    },
    async delete({ model, alias }, expected, call) {
      enter(call)
      const { aliases } = theModel(store, model)
      const previous = aliases.get(alias) ?? null
      expect<string | null>(expected, previous)
      aliases.delete(alias)
      return { previous }
    },
  }
}

export function createStageWrites(store: MemoryStore, { enter }: MemoryGate): StageWrites {
  return {
    async transition(key, { stage, archiveExisting, expected }, call) {
      enter(call)
      const version = theVersion(store, key)
      expect<string | null>(expected, version.stage)
      const others = [...theModel(store, key.model).versions].filter(
        ([number, other]) => archiveExisting === true && other.stage === stage && number !== key.version,
      )
      for (const [, other] of others) Object.assign(other, { stage: 'Archived', archived: true })
      Object.assign(version, { stage, archived: stage === 'Archived' })
      return { archived: others.map(([number]) => number) }
    },
  }
}
