import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { localAdapter } from '../../../src/adapters/local/adapter.ts'
import { defaultLocalConfig } from '../../../src/adapters/local/config.ts'
import { describeConformance } from '../../../src/conformance/index.ts'
import type { GatewayDatabase } from '../../../src/state/database.ts'
import { type DatabaseSource, openFrom, silent } from '../../state/database-source.ts'
import { seedFixture } from './seed-fixture.ts'

export function describeLocalConformance(source: DatabaseSource): void {
  let database: GatewayDatabase
  const artifactFolder = mkdtempSync(join(tmpdir(), 'modelgate-artifacts-'))
  const connect = (registry: string) =>
    localAdapter.connect({ ...defaultLocalConfig, artifactFolder }, { registry, log: silent, database })

  describe('', () => {
    beforeAll(async () => {
      database = await openFrom(source)
    })
    afterAll(async () => {
      await database.close()
      await source.dispose()
      rmSync(artifactFolder, { recursive: true })
    })
    describeConformance(
      `the local adapter on ${source.name}`,
      {
        async seed(fixture) {
          // What a neighbour in the same database has must never come up.
          await seedFixture(database, 'neighbour', fixture)
          return seedFixture(database, 'registry', fixture)
        },
        connect: () => connect('registry'),
      },
      { describe, it, beforeAll, afterAll },
    )
  })
}
