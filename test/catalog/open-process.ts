import { pino } from 'pino'
import type { Adapter } from '../../src/contract/index.ts'
import { CatalogJournal } from '../../src/federation/catalog/catalog-journal.ts'
import { CatalogReaders } from '../../src/federation/catalog/catalog-readers.ts'
import { CursorCodec } from '../../src/federation/session/cursor.ts'
import { Environments } from '../../src/federation/session/environments.ts'
import { Federation } from '../../src/federation/session/federation.ts'
import type { Intent } from '../../src/federation/session/journal.ts'
import { openCatalog } from '../../src/gateway/open-catalog.ts'
import { CleanUps } from '../../src/state/clean-ups/clean-ups.ts'
import type { GatewayDatabase } from '../../src/state/database.ts'
import { WriteJournal } from '../../src/state/journal/write-journal.ts'
import { VersionNotes } from '../../src/state/version-notes/version-notes.ts'
import { IdempotencyRecords } from '../../src/state/write-coordination/idempotency-records.ts'
import { Leases } from '../../src/state/write-coordination/leases.ts'

const log = pino({ level: 'silent' })

/** One process of the gateway, or of the command, on a database that others share. */
export function openProcess(database: GatewayDatabase, adapter: Adapter) {
  const journal = new WriteJournal<Intent>(database, { log })
  const settings = {
    syncEveryMs: 1000,
    sweepEveryMs: 1,
    staleAfterMs: 60_000,
    runs: true,
    sizes: false,
    staleIfError: false,
    isAskedFor: false,
  }
  const registries = [{ name: 'main', catalog: settings }]
  const { catalog, recorder } = openCatalog({ registries } as never, [adapter], database, journal)
  const federation = new Federation({
    registries: [
      {
        settings: {
          name: 'main',
          adapter: 'local',
          environment: 'dev',
          readOnly: false,
          timeoutMs: 10_000,
          maxConcurrency: 8,
          circuit: { failures: 1000, probeIntervalMs: 10 },
        },
        adapter,
      },
    ],
    environments: new Environments(['dev'], []),
    cursors: new CursorCodec(Buffer.alloc(32, 1)),
    coordination: {
      leases: new Leases(database, { log, holdMs: 1000 }),
      records: new IdempotencyRecords(database),
      cleanUps: new CleanUps(database),
    },
    journal: new CatalogJournal(journal, recorder, (name) => catalog.settings.get(name) ?? null),
    readers: new CatalogReaders(catalog, log),
    notes: new VersionNotes(database),
    readBound: 20_000,
    copyTimeoutMs: 1000,
    copyMaxBytes: 1000,
    copyStallMs: 1000,
    log,
  })
  return { federation, catalog, journal, settings }
}
