import { type Kysely, sql } from 'kysely'
import type { GatewayDatabase } from '../database.ts'
import { amongIds, type CatalogChange, type CatalogFollower } from './catalog-part.ts'
import { insertRows } from './insert-rows.ts'
import { type CatalogTables, catalogTables, type LogicalClaimRow } from './tables.ts'

/** What the rules of a registry say of its models. */
export interface ClaimRules {
  /** Of the tags that they look at. */
  readonly tagKeys: readonly string[]
  /** `null`: it belongs to no logical model. */
  claimOf(
    model: string,
    tags: readonly { readonly key: string; readonly value: string }[],
  ): { readonly name: string; readonly environment: string; readonly matchedBy: string } | null
}

type Queries = Kysely<CatalogTables>

const modelsAtOnce = 1000

/**
 * Keeps which model belongs to which logical model. All gateways go by the rules that are kept beside it, those of the
 * configuration that was adopted last, whatever their own says.
 */
export class LogicalClaims implements CatalogFollower {
  readonly #database: GatewayDatabase<CatalogTables>
  readonly #compile: (rules: string) => ClaimRules
  readonly #compiled = new Map<string, ClaimRules>()

  constructor(database: GatewayDatabase, compile: (rules: string) => ClaimRules) {
    this.#database = catalogTables.in(database)
    this.#compile = compile
  }

  async follow(untyped: Kysely<unknown>, { registryId, models, goneModels }: CatalogChange): Promise<void> {
    if (models.size + goneModels.size === 0) return
    const queries = untyped as Queries
    const row = await queries
      .selectFrom('logical_registry as l')
      .innerJoin('catalog_registry as r', 'r.name', 'l.registry')
      .select('l.rules')
      .where('r.id', '=', registryId)
      .executeTakeFirst()
    await this.#remove(queries, goneModels)
    // Who adopts rules later asks them about all models that are there by then.
    if (row) await this.#claim(queries, registryId, this.#rules(row.rules), [...models])
  }

  /**
   * From then on these rules decide; what they say of the models that are there is found out by {@link recompute}.
   *
   * @param rules JSON, by the names of registries.
   * @param isLast whether they go before what was adopted earlier.
   */
  async adopt(rules: ReadonlyMap<string, string>, isLast: boolean): Promise<void> {
    const { queries } = this.#database
    const known = await queries.selectFrom('logical_registry').select(['registry', 'rules']).execute()
    const before = new Map(known.map((row) => [row.registry, row.rules]))
    for (const [registry, own] of rules) {
      if (before.get(registry) === own || (before.has(registry) && !isLast)) continue
      const begun = { rules: own, place: 0, done: 0 }
      await queries
        .insertInto('logical_registry')
        .values({ registry, ...begun })
        .onConflict((conflict) => conflict.column('registry').doUpdateSet(begun))
        .execute()
    }
  }

  /** Asks the rules about the next models that were there before them. Answers whether all are done. */
  async recompute(registry: string): Promise<boolean> {
    // Most looks find nothing to do, and are not to hold anything up.
    const settled = await this.#database.queries
      .selectFrom('logical_registry')
      .select('done')
      .where('registry', '=', registry)
      .executeTakeFirst()
    if (!settled || settled.done === 1) return true
    return this.#database.queries.transaction().execute(async (queries) => {
      // Whoever changes the catalog holds this row too: what was read by older rules is committed by now.
      const part = await queries
        .updateTable('catalog_registry')
        .set((eb) => ({ touch: eb.ref('touch') }))
        .where('name', '=', registry)
        .returning('id')
        .executeTakeFirst()
      const state = await queries
        .selectFrom('logical_registry')
        .selectAll()
        .where('registry', '=', registry)
        .executeTakeFirst()
      if (!state || state.done === 1) return true
      const ids = part ? await this.#nextModels(queries, part.id, state.place) : []
      if (part) await this.#claim(queries, part.id, this.#rules(state.rules), ids)
      const isDone = ids.length < modelsAtOnce
      await queries
        .updateTable('logical_registry')
        .set({ place: ids.at(-1) ?? state.place, done: isDone ? 1 : 0 })
        .where('registry', '=', registry)
        .where('rules', '=', state.rules)
        .execute()
      return isDone
    })
  }

  async #nextModels(queries: Queries, registryId: number, after: number): Promise<number[]> {
    const rows = await queries
      .selectFrom('catalog_model')
      .select('id')
      .where('registry_id', '=', registryId)
      .where('id', '>', after)
      .orderBy('id')
      .limit(modelsAtOnce)
      .execute()
    return rows.map(({ id }) => id)
  }

  #rules(text: string): ClaimRules {
    const rules = this.#compiled.get(text) ?? this.#compile(text)
    this.#compiled.set(text, rules)
    return rules
  }

  /** Writes only what is another claim than before. */
  async #claim(
    queries: Queries,
    registryId: number,
    rules: ClaimRules,
    ids: readonly number[],
  ): Promise<void> {
    if (ids.length === 0) return
    const { kind } = this.#database
    const rows = await queries
      .selectFrom('catalog_model as m')
      .leftJoin('logical_claim as c', 'c.model_id', 'm.id')
      .select(['m.id', 'm.name as model', 'm.archived', 'c.name', 'c.environment', 'c.matched_by'])
      .where(amongIds({ kind }, 'm.id', ids))
      .execute()
    const tags = await this.#tags(queries, rules.tagKeys, ids)
    const fresh: LogicalClaimRow[] = []
    const stale: number[] = []
    for (const { id, model, archived, ...before } of rows) {
      const claim = archived === 1 ? null : rules.claimOf(model, tags.get(id) ?? [])
      const isSame =
        (claim?.name ?? null) === before.name &&
        (claim?.environment ?? null) === before.environment &&
        (claim?.matchedBy ?? null) === before.matched_by
      if (isSame) continue
      if (before.name !== null) stale.push(id)
      if (claim !== null) fresh.push({ model_id: id, registry_id: registryId, ...toColumns(claim) })
    }
    await this.#remove(queries, stale)
    await insertRows(
      { kind, queries: queries as Kysely<unknown> },
      'logical_claim',
      columns,
      fresh.map((row) => columns.map((column) => row[column])),
    )
  }

  async #tags(queries: Queries, keys: readonly string[], ids: readonly number[]) {
    if (keys.length === 0) return new Map<number, { key: string; value: string }[]>()
    const { kind, functions } = this.#database
    const rows = await queries
      .selectFrom('catalog_model_tag')
      .select(['model_id', 'key', 'value'])
      .where(amongIds({ kind }, 'model_id', ids))
      .where(functions.inTexts(sql.ref('key'), keys))
      .execute()
    return Map.groupBy(rows, ({ model_id }) => model_id)
  }

  async #remove(queries: Queries, ids: Iterable<number>): Promise<void> {
    const gone = [...ids]
    if (gone.length === 0) return
    await queries
      .deleteFrom('logical_claim')
      .where(amongIds(this.#database, 'model_id', gone))
      .execute()
  }
}

const columns = ['model_id', 'registry_id', 'name', 'environment', 'matched_by'] as const

function toColumns({ name, environment, matchedBy }: NonNullable<ReturnType<ClaimRules['claimOf']>>) {
  return { name, environment, matched_by: matchedBy }
}
