import { type PassOutcome, syncOnce } from '../../src/federation/catalog/sync-pass.ts'
import { openFleet } from './open-fleet.ts'

/** A gateway's syncs without the gateway: each call is one pass over all registries, one after the other. */
export async function syncFleet(configuration: object) {
  const { catalog, federation, close } = await openFleet(configuration)
  return {
    sync: async (): Promise<readonly { readonly registry: string; readonly outcome: PassOutcome }[]> => {
      const outcomes = []
      for (const [registry, settings] of catalog.settings) {
        const wish = { fullSince: null, waitMs: 0, signal: new AbortController().signal }
        outcomes.push({
          registry,
          outcome: await syncOnce({ federation, catalog }, registry, settings, wish),
        })
      }
      return outcomes
    },
    counts: async () => {
      const states = await catalog.store.states()
      return Promise.all([...states.values()].map(({ id }) => catalog.store.reads.counts(id)))
    },
    close,
  }
}
