import type { HiddenModel } from '../../../src/conformance/index.ts'
import { createMemoryStore, type MemoryStore } from './memory-store.ts'

/** Puts something with a version and an alias among the models that is none. */
export function hideModel(store: MemoryStore, name: string): HiddenModel {
  const tags = [{ key: 'old', value: 'tag' }]
  const version = {
    version: '1',
    description: null,
    tags,
    stage: 'None',
    archived: false,
    status: 'READY',
    statusMessage: null,
    source: 'memory://hidden',
    runId: null,
    createdBy: null,
  } as const
  const aliases = [{ name: 'held', version: '1' }]
  const plain = { name, description: null, tags, aliases, archived: false, versions: [version] }
  const { models } = createMemoryStore({ prefix: '', models: [plain], runs: [] })
  for (const model of models.values()) store.hidden.set(name, model)
  return { name, versions: ['1'], look: async () => structuredClone(store.hidden.get(name)) }
}
