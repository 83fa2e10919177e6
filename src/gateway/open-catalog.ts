import type { Kysely } from 'kysely'
import type { GatewayConfig } from '../config/index.ts'
import type { Adapter } from '../contract/index.ts'
import type { Catalog } from '../federation/catalog/catalog.ts'
import type { CatalogSettings } from '../federation/catalog/catalog-settings.ts'
import { placesOf } from '../federation/catalog/places-of.ts'
import type { Recorder } from '../federation/catalog/recorder.ts'
import { isReservedTag, originOfVersion } from '../federation/records/origin-tags.ts'
import { endsNotedWithinMs, type Intent, settleMarginMs } from '../federation/session/journal.ts'
import { CompiledRules } from '../federation/session/model-rules.ts'
import type { CatalogFollower } from '../state/catalog/catalog-part.ts'
import { CatalogReads } from '../state/catalog/catalog-reads.ts'
import { CatalogStore } from '../state/catalog/catalog-store.ts'
import { ModelCounts } from '../state/catalog/count-models.ts'
import { LogicalClaims } from '../state/catalog/logical-claims.ts'
import { RecordedWrites } from '../state/catalog/recorded-writes.ts'
import { SearchBacklog } from '../state/catalog/search/search-backlog.ts'
import { SearchFollower } from '../state/catalog/search/search-follower.ts'
import { SearchIndex } from '../state/catalog/search/search-index.ts'
import type { GatewayDatabase } from '../state/database.ts'
import type { WriteJournal } from '../state/journal/write-journal.ts'
import type { WordIndex } from '../words/word-index.ts'
import { forwardsCredentials } from './forwarding.ts'

interface OpenCatalog {
  readonly catalog: Catalog
  readonly recorder: Recorder
  readonly wordIndex: WordIndex
  readonly backlog: SearchBacklog
  readonly claims: LogicalClaims
}

/** What is kept of which registries, and how writes get there. */
export function openCatalog(
  { registries }: GatewayConfig,
  adapters: readonly Adapter[],
  database: GatewayDatabase,
  journal: WriteJournal<Intent>,
): OpenCatalog {
  const isOwnTag = isReservedTag
  const claims = new LogicalClaims(database, (rules) => new CompiledRules(JSON.parse(rules)))
  // What keeps something of its own in step with the catalog, in the transactions that change it.
  const followers: readonly CatalogFollower[] = [new SearchFollower(database, isOwnTag), claims]
  const underWay = async (queries: Kysely<unknown>) => {
    const notes = await journal.underWay(queries, settleMarginMs - endsNotedWithinMs)
    return notes.flatMap(({ intent, ...note }) => writesOf(intent).map((write) => ({ ...note, ...write })))
  }
  const shared = { isOwnTag, readOrigin: originOfVersion, followers, underWay }
  const writes = new RecordedWrites(database, shared)
  const backlog = new SearchBacklog(database, isOwnTag)
  const store = new CatalogStore(database, {
    ...shared,
    backlog,
    leaveBehind: (ids) => journal.leaveBehind(ids),
  })
  const settings = new Map<string, CatalogSettings>()
  for (const [index, registry] of registries.entries()) {
    const { name, catalog } = registry
    // What one caller may see there, another may not: it is kept only where the configuration says so.
    const isOfCaller = adapters[index]?.perCaller === true || forwardsCredentials(registry)
    if (catalog !== null && (!isOfCaller || catalog.isAskedFor)) settings.set(name, catalog)
  }
  return {
    claims,
    catalog: { records: new CatalogReads(database), counts: new ModelCounts(database), store, settings },
    wordIndex: new SearchIndex(database, isOwnTag),
    backlog,
    recorder: {
      lookAt: async (registry) => {
        const state = (await store.states()).get(registry)
        return state ? store.look(state.id) : null
      },
      record: (id, registry, { look, isPatient }, write) => {
        const note = { id, end: (queries: Kysely<unknown>) => journal.endIn(queries, id) }
        return writes.take(registry, look, write, { note, isPatient })
      },
      markDirty: (model) => store.markDirty(model),
    },
  }
}

/** The models that a write may change. Notes of before there were targets say nothing of where they led. */
function writesOf({ id = '', command, target }: Partial<Intent>) {
  if (!target || !command) return []
  const { registry, model, version = null } = target
  const own = { id, registry, model, places: placesOf(command, version) }
  return command.operation === 'renameModel' ? [own, { ...own, model: command.newName }] : [own]
}
