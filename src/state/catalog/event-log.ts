import { sql } from 'kysely'
import type { EventQuery } from '../../stores/event-query.ts'
import type { AliasPlace, ModelPlace } from '../../stores/places.ts'
import type { GatewayDatabase } from '../database.ts'
import { toOptionalTextCondition } from '../lists/text-condition.ts'
import { isStorableText } from '../storable-text.ts'
import { cutEvents } from './cut-events.ts'
import { type CatalogTables, catalogTables, type EventLogRow } from './tables.ts'

export class EventLog {
  readonly #database: GatewayDatabase<CatalogTables>

  constructor(database: GatewayDatabase) {
    this.#database = catalogTables.in(database)
  }

  async events(query: EventQuery) {
    const { functions, queries } = this.#database
    const { after, descending, from, to, kinds, registries, version } = query
    const texts = (
      [
        ['model', query.model],
        ['actor', query.actor],
        ['key', query.key],
      ] as const
    ).flatMap(([column, tests]) =>
      tests === null ? [] : [toOptionalTextCondition(functions, sql.ref(column), tests).condition],
    )
    const rows = await queries
      .selectFrom('event_log')
      .selectAll()
      .$if(after !== null, (log) => log.where('seq', descending ? '<' : '>', after ?? 0))
      .$if(from !== null, (log) => log.where('at', '>=', from ?? 0))
      .$if(to !== null, (log) => log.where('at', '<', to ?? 0))
      .$if(kinds !== null, (log) => log.where(functions.inTexts(sql.ref('kind'), kinds ?? [])))
      .$if(registries !== null, (log) => log.where(functions.inTexts(sql.ref('registry'), registries ?? [])))
      .$if(version !== null, (log) => log.where('version', '=', version ?? ''))
      .where(({ and }) => and(texts))
      .orderBy('seq', descending ? 'desc' : 'asc')
      .limit(query.limit)
      .execute()
    return rows.map(toRecord)
  }

  async event(seq: number) {
    const row = await this.#database.queries
      .selectFrom('event_log')
      .selectAll()
      .where('seq', '=', seq)
      .executeTakeFirst()
    return row ? toRecord(row) : null
  }

  /** The number of the newest event, also of one that is gone. */
  async last(): Promise<number> {
    const row = await this.#database.queries.selectFrom('event_log_end').select('last').executeTakeFirst()
    return row?.last ?? 0
  }

  async cut(): Promise<number> {
    const row = await this.#database.queries.selectFrom('event_log_end').select('cut').executeTakeFirst()
    return row?.cut ?? 0
  }

  async cutAt(): Promise<number | null> {
    const row = await this.#database.queries.selectFrom('event_log_end').select('cut_at').executeTakeFirst()
    return row?.cut_at ?? null
  }

  async renamedAway(
    { registry, model }: ModelPlace,
    { after, descending, from, to }: Pick<EventQuery, 'after' | 'descending' | 'from' | 'to'>,
  ) {
    const row = await this.#database.queries
      .selectFrom('event_log')
      .selectAll()
      // As the index says it.
      .where(sql<boolean>`kind = 'MODEL_RENAMED'`)
      .where('registry', '=', registry)
      .where('before', '=', model)
      .$if(after !== null, (log) => log.where('seq', descending ? '<' : '>', after ?? 0))
      .$if(from !== null, (log) => log.where('at', '>=', from ?? 0))
      .$if(to !== null, (log) => log.where('at', '<', to ?? 0))
      .orderBy('seq', descending ? 'desc' : 'asc')
      .limit(1)
      .executeTakeFirst()
    return row ? toRecord(row) : null
  }

  async lastSet(aliases: readonly AliasPlace[]) {
    const places = aliases.filter(({ model, alias }) => isStorableText(model) && isStorableText(alias))
    const byRegistry = Map.groupBy(places, ({ registry }) => registry)
    const found = await Promise.all([...byRegistry].map(([registry, own]) => this.#lastSetIn(registry, own)))
    const events = new Map(found.flat().map((event) => [placeOf(event), event]))
    return aliases.map(
      ({ registry, model, alias: key }) => events.get(placeOf({ registry, model, key })) ?? null,
    )
  }

  async begun(models: readonly ModelPlace[]) {
    const places = models.filter(({ model }) => isStorableText(model))
    const { queries, functions } = this.#database
    const pairs = places.map(({ registry, model }) => [registry, model] as const)
    const rows = await queries
      .selectFrom('event_log')
      .select(['registry', 'model'])
      .select(sql<number>`max(case when kind = 'MODEL_DELETED' then seq + 1 else seq end)`.as('seq'))
      .where('kind', 'in', ['MODEL_CREATED', 'MODEL_RENAMED', 'MODEL_DELETED'])
      .where(functions.inPairs(sql.ref('registry'), sql.ref('model'), pairs))
      .groupBy(['registry', 'model'])
      .execute()
    const found = new Map(rows.map((row) => [placeOf({ ...row, key: null }), Number(row.seq)]))
    return models.map((model) => found.get(placeOf({ ...model, key: null })) ?? null)
  }

  async knownSince(registry: string): Promise<number | null> {
    const row = await this.#database.queries
      .selectFrom('catalog_registry')
      .select('known_since')
      .where('name', '=', registry)
      .executeTakeFirst()
    return row?.known_since ?? null
  }

  /** Takes away what is older. */
  cutBefore(at: number): Promise<number> {
    return cutEvents(this.#database, at)
  }

  async #lastSetIn(registry: string, places: readonly { readonly model: string; readonly alias: string }[]) {
    const { queries, functions } = this.#database
    const pairs = places.map(({ model, alias }) => [model, alias] as const)
    const last = queries
      .selectFrom('event_log')
      .select(sql<number>`max(seq)`.as('seq'))
      .where('registry', '=', registry)
      .where('kind', '=', 'ALIAS_SET')
      .where(functions.inPairs(sql.ref('model'), sql.ref('key'), pairs))
      .groupBy(['model', 'key'])
    const rows = await queries.selectFrom('event_log').selectAll().where('seq', 'in', last).execute()
    return rows.map(toRecord)
  }
}

function placeOf({ registry, model, key }: Pick<EventLogRow, 'registry' | 'model' | 'key'>): string {
  return JSON.stringify([registry, model, key])
}

function toRecord({ not_before: notBefore, request_id: _, certainty, ...row }: EventLogRow) {
  return {
    ...row,
    notBefore,
    certainty: certainty === 'RECORDED' ? ('RECORDED' as const) : ('OBSERVED' as const),
  }
}
