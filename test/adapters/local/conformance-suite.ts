import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { defaultLocalConfig } from '../../../src/adapters/local/config.ts'
import { connectLocal } from '../../../src/adapters/local/connect.ts'
import { describeConformance } from '../../../src/conformance/index.ts'
import type { GatewayDatabase } from '../../../src/state/database.ts'
import { type DatabaseSource, openFrom, silent } from '../../state/database-source.ts'
import { type HeldDatabase, openHeld } from './held-database.ts'
import { seedFixture } from './seed-fixture.ts'

/** `held`: where a database can hang. */
export function describeLocalConformance(source: DatabaseSource, { held = false } = {}): void {
  let database: GatewayDatabase
  let hanging: HeldDatabase | null = null
  const artifactFolder = mkdtempSync(join(tmpdir(), 'modelgate-artifacts-'))
  const connect = (to: GatewayDatabase) =>
    connectLocal(
      { ...defaultLocalConfig, artifactFolder },
      { registry: 'registry', log: silent, database: to },
    )
  const connectHanging = async () => {
    hanging ??= await openHeld(source)
    return connect(hanging.database)
  }

  describe('', () => {
    beforeAll(async () => {
      database = await openFrom(source)
    })
    afterAll(async () => {
      await hanging?.dispose()
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
        connect: () => connect(database),
        ...(held ? { connectHanging } : {}),
      },
      { describe, it, beforeAll, afterAll },
    )
  })
}
