import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type OwnConformance, seedByWrites } from '../../../src/conformance/index.ts'
import { defineAdapter } from '../../../src/contract/index.ts'
import { createScopedAdapter } from '../../conformance/scoped-adapter.ts'
import { ScopedStore } from '../../conformance/scoped-store.ts'

const configSchema = z.strictObject({ url: z.string() })
const stores = new Map<string, ScopedStore>()

/** What is there of the backend at an address. */
export function scopedStoreAt(url: string): ScopedStore {
  const store = stores.get(url) ?? new ScopedStore()
  stores.set(url, store)
  return store
}

const scoped = defineAdapter({
  contractVersion: 1,
  name: 'scoped',
  configSchema,
  connect: ({ url }) => createScopedAdapter(scopedStoreAt(url)),
})
export default scoped

/** As docs/conformance.md has it. */
export const conformance: OwnConformance<z.infer<typeof configSchema>> = (config, tools) => {
  const admin = scopedStoreAt(config.url)
  const schema = `conformance_${randomUUID().slice(0, 8)}`
  const load = seedByWrites(() => scoped.connect(config, tools), {
    toArtifactUri: (key) => admin.locationOf(key),
  })
  return {
    prefix: `main.${schema}.`,
    async seed(fixture) {
      admin.createSchema('main', schema)
      try {
        const seeded = await load(fixture)
        const remove = async () => {
          await seeded.remove?.()
          admin.deleteSchema('main', schema)
        }
        return { ...seeded, remove }
      } catch (error) {
        admin.deleteSchema('main', schema)
        throw error
      }
    },
  }
}
