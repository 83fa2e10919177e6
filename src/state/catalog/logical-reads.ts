import { type SqlBool, sql } from 'kysely'
import type { ClaimScope, LogicalCatalog, LogicalNameQuery } from '../../stores/logical-catalog.ts'
import type { ModelPlace } from '../../stores/places.ts'
import type { GatewayDatabase } from '../database.ts'
import { always, anyOf } from '../lists/condition.ts'
import { pushDown } from '../lists/pushdown.ts'
import { toTextCondition } from '../lists/text-condition.ts'
import type { SqlCondition } from '../sql-functions.ts'
import { isStorableText } from '../storable-text.ts'
import { type CatalogTables, catalogTables } from './tables.ts'

/** Which models belong to which logical ones. */
export class LogicalReads implements LogicalCatalog {
  readonly #database: GatewayDatabase<CatalogTables>

  constructor(database: GatewayDatabase) {
    this.#database = catalogTables.in(database)
  }

  /** Whether the claims of these registries are those of the rules that were adopted last. */
  async settled(registries: readonly string[]): Promise<ReadonlySet<string>> {
    const { queries, functions } = this.#database
    const rows = await queries
      .selectFrom('logical_registry')
      .select('registry')
      .where('done', '=', 1)
      .where(functions.inTexts(sql.ref('registry'), registries))
      .execute()
    return new Set(rows.map(({ registry }) => registry))
  }

  /** In the order of their names. Where the database cannot fold letters, more may come than match. */
  async names({ scopes, name, missingIn, after, limit }: LogicalNameQuery): Promise<string[]> {
    const { queries, functions } = this.#database
    const rows = await queries
      .selectFrom('logical_claim as c')
      .select('c.name')
      .distinct()
      .where(this.#amongRegistries('c.registry_id', scopes))
      .where(this.#isMeant(scopes))
      .where(name === null ? always : toTextCondition(functions, sql.ref('c.name'), name).condition)
      .where(missingIn.length === 0 ? always : this.#isMissing(scopes, missingIn))
      .$if(after !== null, (claims) => claims.where('c.name', '>', after ?? ''))
      .orderBy('c.name')
      .limit(limit)
      .execute()
    return rows.map((row) => row.name)
  }

  /** Whatever claims these names. */
  async claims(scopes: readonly ClaimScope[], names: readonly string[]) {
    const { queries, functions } = this.#database
    return queries
      .selectFrom('logical_claim as c')
      .innerJoin('catalog_model as m', 'm.id', 'c.model_id')
      .innerJoin('catalog_registry as r', 'r.id', 'c.registry_id')
      .select([
        'r.name as registry',
        'm.name as model',
        'c.name',
        'c.environment',
        'c.matched_by as matchedBy',
      ])
      .where(functions.inTexts(sql.ref('c.name'), names.filter(isStorableText)))
      .where(this.#amongRegistries('c.registry_id', scopes))
      .where(this.#isMeant(scopes))
      .execute()
  }

  /** What each of these models belongs to. */
  async namesOf(models: readonly ModelPlace[]) {
    const { queries, functions } = this.#database
    const pairs = models
      .filter(({ model }) => isStorableText(model))
      .map(({ registry, model }) => [registry, model] as const)
    const rows = await queries
      .selectFrom('logical_claim as c')
      .innerJoin('catalog_model as m', 'm.id', 'c.model_id')
      .innerJoin('catalog_registry as r', 'r.id', 'm.registry_id')
      .select(['r.name as registry', 'm.name as model', 'c.name'])
      .where(functions.inPairs(sql.ref('r.name'), sql.ref('m.name'), pairs))
      .execute()
    const found = new Map(rows.map((row) => [placeOf(row), row.name]))
    return models.map((model) => found.get(placeOf(model)) ?? null)
  }

  #amongRegistries(column: string, scopes: readonly ClaimScope[]): SqlCondition {
    const names = scopes.map(({ registry }) => registry)
    return sql<SqlBool>`${sql.ref(column)} in (
      select x.id from catalog_registry as x where ${this.#database.functions.inTexts(sql.ref('x.name'), names)})`
  }

  /** Of the row `c`. */
  #isMeant(scopes: readonly ClaimScope[]): SqlCondition {
    if (scopes.every(({ names }) => names === null)) return always
    const { functions } = this.#database
    const ofEach = scopes.map(({ registry, names }) => {
      const of = sql<SqlBool>`n.registry_id = (select x.id from catalog_registry as x where x.name = ${registry})`
      const { condition } = pushDown(names, ({ tests }) =>
        toTextCondition(functions, sql.ref('n.name'), tests),
      )
      return sql<SqlBool>`(${of} and ${condition})`
    })
    return sql<SqlBool>`exists (
      select 1 from catalog_model as n where n.id = c.model_id and ${anyOf(ofEach)})`
  }

  #isMissing(scopes: readonly ClaimScope[], environments: readonly string[]): SqlCondition {
    const { functions } = this.#database
    return sql<SqlBool>`not exists (
      select 1 from logical_claim as o
      where o.name = c.name and ${functions.inTexts(sql.ref('o.environment'), environments)}
        and ${this.#amongRegistries('o.registry_id', scopes)})`
  }
}

function placeOf({ registry, model }: ModelPlace): string {
  return JSON.stringify([registry, model])
}
