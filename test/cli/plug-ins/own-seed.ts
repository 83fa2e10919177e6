import type { OwnConformance } from '../../../src/conformance/index.ts'
import { createMemoryStore } from '../../conformance/memory/memory-store.ts'
import { storeAt } from './memory.ts'

export { default } from './read-only.ts'

export const conformance: OwnConformance<{ url: string; token: string }> = ({ url, token }) => ({
  effort: 'quick',
  prefix: `${token}-`,
  deviations: { 'MG-LIFE-001': 'It is known.' },
  seed(fixture) {
    for (const [name, model] of createMemoryStore(fixture).models) storeAt(url).models.set(name, model)
    return {
      stored: { ...fixture, runs: [] },
      notStored: [{ what: 'runs', reason: `none with ${token}` }],
      remove: async () => {
        throw new Error(`no way back with ${token}`)
      },
    }
  },
})
