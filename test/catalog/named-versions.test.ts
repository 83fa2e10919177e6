import { CompiledQuery } from 'kysely'
import { afterAll, expect, it } from 'vitest'
import { selectNamedVersions } from '../../src/state/catalog/catalog-rows.ts'
import { catalogTables } from '../../src/state/catalog/tables.ts'
import { createFileSource, openFrom } from '../state/database-source.ts'

const source = createFileSource()
afterAll(() => source.dispose())

it('finds versions by their names on SQLite, and goes through no others of the registry', async () => {
  const database = catalogTables.in(await openFrom(source))
  const { sql, parameters } = selectNamedVersions(database, { id: 1, hasTimeless: false }, [
    { model: 'm', version: '1' },
  ]).compile()
  const plan = await database.queries.executeQuery<{ detail: string }>(
    CompiledQuery.raw(`explain query plan ${sql}`, [...parameters]),
  )
  const steps = plan.rows.map(({ detail }) => detail)
  expect(steps).toContain('SEARCH m USING COVERING INDEX catalog_model_name (registry_id=? AND name=?)')
  expect(steps).toContain('SEARCH v USING INDEX catalog_version_place (model_id=? AND place=?)')
  await database.close()
})
