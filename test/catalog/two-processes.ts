import { randomUUID } from 'node:crypto'
import { defaultLocalConfig } from '../../src/adapters/local/config.ts'
import { connectLocal } from '../../src/adapters/local/connect.ts'
import { createLocalStore } from '../../src/adapters/local/store/local-store.ts'
import type { Adapter } from '../../src/contract/index.ts'
import { syncOnce } from '../../src/federation/catalog/sync-pass.ts'
import type { Command } from '../../src/federation/records/command.ts'
import { settleMarginMs } from '../../src/federation/session/journal.ts'
import { Session } from '../../src/federation/session/session.ts'
import type { WriteFacts } from '../../src/federation/session/write-facts.ts'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import { catalogTables } from '../../src/state/catalog/tables.ts'
import { silent } from '../state/database-source.ts'
import { openProcess } from './open-process.ts'

type Own = Pick<WriteFacts, 'version' | 'alias' | 'stage' | 'createdModel'>

/**
 * Two processes of the gateway over one registry without a feed, which others write to through `store`. What a write
 * does, and when its end is noted, is in the hands of the test.
 */
export async function openTwoProcesses(url: string, wrap: (adapter: Adapter) => Adapter = (same) => same) {
  const database = await openGatewayDatabase(url, { log: silent })
  const { queries } = catalogTables.in(database)
  const store = createLocalStore(database, 'main')
  const { changes: _, ...plain } = connectLocal(defaultLocalConfig, {
    registry: 'main',
    log: silent,
    database,
  })
  const adapter = wrap(plain)
  const processes = [openProcess(database, adapter), openProcess(database, adapter)] as const
  const model = { kind: 'key', registry: 'main', name: 'churn' } as const
  const of = (version: string) => ({ kind: 'key', registry: 'main', model: 'churn', version }) as const

  /** @returns notes the end of the write. */
  async function begin(process: 0 | 1, command: Command, facts: Own = {}) {
    const { federation } = processes[process]
    const id = randomUUID()
    const target = { registry: 'main', model: 'churn', ...(facts.version && { version: facts.version }) }
    const by = { caller: `user:${process}`, requestId: null }
    await federation.journal.begin(
      { id, command, target, ...by },
      { waitMs: 1000, settleInMs: 3000 + settleMarginMs },
    )
    const session = new Session(federation, {
      deadlineMs: null,
      signal: new AbortController().signal,
      caller: null,
    })
    const announced = { command, facts: { operation: command.operation, ...target, ...facts }, ...by }
    return async () => {
      await federation.journal.end(id, announced, (registry) => session.registry(registry))
      session.end()
    }
  }

  return {
    store,
    queries,
    database,
    processes,
    begin,
    setTag: (process: 0 | 1, key: string, value: string) =>
      begin(process, { operation: 'setModelTags', model, tags: [{ key, value }] }),
    setVersionTag: (process: 0 | 1, version: string, key: string, value: string) =>
      begin(
        process,
        { operation: 'setModelVersionTags', version: of(version), tags: [{ key, value }] },
        { version },
      ),
    setAlias: (process: 0 | 1, name: string, from: string | null, to: string) =>
      begin(
        process,
        { operation: 'setAlias', model, alias: name, version: to, expectedVersion: null, onlyIfUnset: false },
        { alias: { name, from, to } },
      ),
    createModel: (process: 0 | 1) =>
      begin(process, {
        operation: 'createModel',
        registry: 'main',
        name: 'churn',
        description: null,
        tags: [],
        idempotencyKey: null,
      }),
    sync: (wish: { readonly full: boolean } = { full: true }) => {
      const { federation, catalog, settings } = processes[0]
      const own = { ...settings, sweepEveryMs: 3_600_000 }
      const fullSince = wish.full ? Date.now() + 1 : null
      const signal = new AbortController().signal
      return syncOnce({ federation, catalog }, 'main', own, { fullSince, waitMs: 2000, signal })
    },
    async events() {
      const rows = await queries.selectFrom('event_log').selectAll().orderBy('seq').execute()
      return rows.map(({ seq: _, request_id: __, comment: ___, ...row }) => row)
    },
    /** In few words. */
    async told() {
      const rows = await queries.selectFrom('event_log').selectAll().orderBy('seq').execute()
      return rows.map(
        ({ kind, version, key, before, after, certainty }) =>
          `${certainty} ${kind} ${version ?? '-'} ${key ?? '-'}: ${before} > ${after}`,
      )
    },
    async indexed() {
      const [{ catalog }] = processes
      const state = (await catalog.store.states()).get('main')
      const [row] = state ? await catalog.records.models(state, ['churn']) : []
      return row && 'name' in row ? row : null
    },
    async close() {
      for (const { federation } of processes) await federation.close()
      await database.close()
    },
  }
}
