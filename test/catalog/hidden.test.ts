import { expect, it } from 'vitest'
import { CatalogReaders } from '../../src/federation/catalog/catalog-readers.ts'
import { fullAccess } from '../../src/federation/session/access.ts'
import type { Intent } from '../../src/federation/session/journal.ts'
import { openCatalog } from '../../src/gateway/open-catalog.ts'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import { WriteJournal } from '../../src/state/journal/write-journal.ts'
import { openFederation, openSession } from '../federation/doubles/open-federation.ts'
import { PlainRegistry } from '../federation/doubles/plain-registry.ts'
import { silent } from '../state/database-source.ts'

it('looks in the catalog for what is hidden as for what is not there', async () => {
  const registry = new PlainRegistry()
  registry.addVersion('hidden', {})
  const database = await openGatewayDatabase('sqlite::memory:', { log: silent })
  const journal = new WriteJournal<Intent>(database, { log: silent })
  const registries = [{ name: 'a', catalog: { syncEveryMs: 1000, sweepEveryMs: 1000, staleAfterMs: 1000 } }]
  const { catalog } = openCatalog({ registries } as never, [registry.adapter], database, journal)
  const readers = new CatalogReaders(catalog, silent)
  const access = { ...fullAccess, isRestricted: true, admits: () => false }
  const session = openSession(openFederation({ a: registry }, { readers }), { access })
  const reader = readers.inMode('INDEXED', session.registry('a'))
  const lookUps = [
    () => reader.model('hidden'),
    () => reader.version({ model: 'hidden', version: '1' }),
    () => reader.versionsOfModel('hidden', 1),
    () => reader.latestVersions('hidden'),
    () => reader.holderOfAlias({ model: 'hidden', alias: 'champion' }),
  ]
  // Nothing is kept yet, which is told of whatever one looks for.
  for (const lookUp of lookUps) await expect(lookUp()).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' })
  await database.close()
})
