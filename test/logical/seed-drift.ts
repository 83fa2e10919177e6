import { createLocalStore } from '../../src/adapters/local/store/local-store.ts'
import type { GatewayDatabase } from '../../src/state/database.ts'

interface SeededVersion {
  readonly source: string
  readonly tags?: Readonly<Record<string, string>>
  readonly metrics?: Readonly<Record<string, number>>
  readonly params?: Readonly<Record<string, string>>
  readonly seconds?: number
  readonly stage?: string
}

/** Logical models that differ between dev and prod in one thing each. */
export async function seedDrift(database: GatewayDatabase): Promise<void> {
  let clock = Date.UTC(2026, 0, 1)

  /** Each version a day after the one before. */
  async function seed(
    registry: string,
    name: string,
    versions: readonly SeededVersion[],
    champion: string | null = String(versions.length),
  ): Promise<void> {
    const store = createLocalStore(database, registry, {
      now: () => {
        clock += 86_400_000
        return clock
      },
    })
    await store.models.create({ name })
    for (const [
      index,
      { source: place, tags = {}, metrics, params = {}, seconds, stage },
    ] of versions.entries()) {
      const runId = metrics ? `${registry}-${name}-${index}` : null
      if (runId) {
        const ended =
          seconds === undefined ? {} : { startedAt: new Date(0), endedAt: new Date(seconds * 1000) }
        await store.runs.log({
          runId,
          ...ended,
          metrics: Object.entries(metrics ?? {}).map(([key, value]) => ({ key, value })),
          params: Object.entries(params).map(([key, value]) => ({ key, value })),
        })
      }
      await store.versions.create({
        model: name,
        source: place,
        tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
        ...(runId && { runId }),
      })
      if (stage) await store.stages.transition({ model: name, version: String(index + 1) }, { stage })
    }
    if (champion) await store.aliases.set({ model: name, alias: 'champion' }, champion)
  }

  const same = { source: 's3://b/same', tags: { team: 'a' }, metrics: { auc: 0.5 }, stage: 'Production' }
  await seed('dev', 'same', [same])
  await seed('prod', 'same', [same])
  await seed('prod-2', 'same', [{ source: 's3://b/unlike' }])
  await seed('dev', 'a-files', [{ source: 's3://b/one' }])
  await seed('prod', 'a-files', [{ source: 's3://b/two' }])
  await seed('dev', 'b-tags', [{ ...same, tags: { team: 'a', by: 'x' } }])
  await seed('prod', 'b-tags', [{ ...same, tags: { team: 'b' } }])
  await seed('dev', 'c-metrics', [{ ...same, metrics: { auc: 0.75 }, params: { depth: '3' }, seconds: 60 }])
  await seed('prod', 'c-metrics', [{ ...same, params: { depth: '4' }, seconds: 90 }])
  await seed('dev', 'd-stage', [{ ...same, stage: 'Staging' }])
  await seed('prod', 'd-stage', [same])
  await seed('dev', 'e-newer', [same, same], '1')
  await seed('prod', 'e-newer', [same])
  await seed('dev', 'f-alone', [same])
  await seed('prod-2', 'g-alone', [same])
  await seed('dev', 'h-unheld', [same])
  await seed('prod', 'h-unheld', [same], null)
  await seed('dev', 'i-nobody', [same], null)
  await seed('prod', 'i-nobody', [same], null)
}
