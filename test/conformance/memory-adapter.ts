import type { Adapter, ModelWrites, RegistryWrites, VersionWrites } from '../../src/contract/index.ts'
import { createMemoryChanges } from './memory/memory-changes.ts'
import { createMemoryGate } from './memory/memory-gate.ts'
import { createAliasWrites, createStageWrites } from './memory/memory-moves.ts'
import { createMemoryReads } from './memory/memory-reads.ts'
import type { MemoryStore } from './memory/memory-store.ts'
import { createMemoryExports, createMemoryImports } from './memory/memory-transfer.ts'
import { createCopyWrites, createModelWrites, createVersionWrites } from './memory/memory-writes.ts'

/** With every facet there is. */
export interface MemoryAdapter extends Required<Omit<Adapter, 'probes' | 'perCaller'>> {
  readonly writes: Required<RegistryWrites> & {
    readonly models: Required<ModelWrites>
    readonly versions: Required<Omit<VersionWrites, 'takesSource' | 'keepsNotes'>>
  }
}

/** The contract in its plainest form: the reference that has to pass every check. */
export function createMemoryAdapter(store: MemoryStore, createImports = createMemoryImports): MemoryAdapter {
  const gate = createMemoryGate()
  return {
    async describe() {
      return description
    },
    ...createMemoryReads(store, gate),
    changes: createMemoryChanges(store, gate),
    writes: {
      models: createModelWrites(store, gate),
      versions: createVersionWrites(store, gate),
      aliases: createAliasWrites(store, gate),
      stages: createStageWrites(store, gate),
    },
    copies: createCopyWrites(store, gate),
    exports: createMemoryExports(store, gate),
    imports: createImports(store, gate),
    async close() {
      gate.close()
    },
  }
}

const description = {
  serverVersion: null,
  levels: {
    aliases: 'NATIVE',
    stages: 'NATIVE',
    runs: 'NATIVE',
    artifacts: 'NATIVE',
    compareAndSet: 'NATIVE',
    idempotency: 'NATIVE',
  },
  stages: ['None', 'Staging', 'Production', 'Archived'],
  integerVersions: true,
  naming: {
    modelName: { pattern: '^[^]+$', words: 'one character or more' },
    alias: null,
    tagKey: null,
    tagValue: null,
    tagValueMaxLength: 100_000,
    description: null,
  },
  pushedDownFilters: [],
  pushedDownOrders: ['name'],
  notices: [],
} as const satisfies Awaited<ReturnType<Adapter['describe']>>
