import { CompiledQuery, type Kysely, type KyselyPlugin, type RootOperationNode } from 'kysely'
import type { GatewayDatabase } from '../../../src/state/database.ts'

export interface CapturedStatements {
  /** The same database, whose statements are kept. */
  readonly database: GatewayDatabase
  /** Of the statements since it was last asked, each with the steps of its plan as the database tells it. */
  plans(): Promise<string[][]>
}

export function captureStatements(database: GatewayDatabase): CapturedStatements {
  const nodes: RootOperationNode[] = []
  const plugin: KyselyPlugin = {
    transformQuery({ node }) {
      nodes.push(node)
      return node
    },
    transformResult: async ({ result }) => result,
  }
  const queries = database.queries.withPlugin(plugin)
  return {
    database: { ...database, queries },
    plans: () => Promise.all(nodes.splice(0).map((node) => explain(database.queries, node))),
  }
}

async function explain(queries: Kysely<unknown>, node: RootOperationNode): Promise<string[]> {
  const compiled = queries.getExecutor().compileQuery(node, { queryId: 'explained' })
  const isSqlite = compiled.sql.includes('?')
  const { rows } = await queries.executeQuery<Record<string, unknown>>(
    CompiledQuery.raw(`explain ${isSqlite ? 'query plan ' : ''}${compiled.sql}`, [...compiled.parameters]),
  )
  return rows.map((row) => String(row.detail ?? row['QUERY PLAN']))
}
